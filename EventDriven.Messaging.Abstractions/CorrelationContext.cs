namespace EventDriven.Messaging;

/// <summary>
/// What the current request or event is part of. It flows with the asynchronous call, so that events, spans and log lines written
/// on the way carry the same ids (law L9).
/// </summary>
/// <param name="CorrelationId">Names everything that one request led to; at most <see cref="MaxLength"/> characters.</param>
/// <param name="CausationId">The id of the event being handled, or the span id of the request being answered.</param>
public sealed record CorrelationContext(string CorrelationId, string CausationId)
{
    /// <summary>Longest correlation id that is accepted from outside, in characters.</summary>
    public const int MaxLength = 128;

    // While several events are handled at once: each has its own, and which one is meant has to be said.
    private static readonly CorrelationContext OfBatch = new("", "");

    private static readonly AsyncLocal<CorrelationContext?> Ambient = new();

    /// <summary>The context of the current asynchronous flow; null outside of a request and an event.</summary>
    public static CorrelationContext? Current
    {
        get => IsOfBatch ? null : Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>Whether several events are being handled at once, and none of them is meant.</summary>
    internal static bool IsOfBatch => ReferenceEquals(Ambient.Value, OfBatch);

    /// <summary>
    /// Whether an id that came from outside may be used: 1 to 128 visible ASCII characters, so that it
    /// can stand in a header and a log line.
    /// </summary>
    public static bool IsSane(string? correlationId) =>
        correlationId is { Length: > 0 and <= MaxLength } && !correlationId.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>From now on in this asynchronous flow, several events are handled at once.</summary>
    internal static void BeginBatch() => Ambient.Value = OfBatch;
}
