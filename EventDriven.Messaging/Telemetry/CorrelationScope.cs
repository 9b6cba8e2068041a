using System.Collections;

namespace EventDriven.Messaging.Telemetry;

/// <summary>
/// A log scope that puts the correlation and causation ids on every line: as fields if the logger supports fields, otherwise as text.
/// </summary>
public sealed class CorrelationScope(CorrelationContext context) : IReadOnlyList<KeyValuePair<string, object?>>
{
    /// <inheritdoc/>
    public int Count => 2;

    /// <inheritdoc/>
    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new(MessagingActivity.CorrelationId, context.CorrelationId),
        1 => new(MessagingActivity.CausationId, context.CausationId),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return this[0];
        yield return this[1];
    }

    /// <inheritdoc/>
    public override string ToString() => $"correlation_id={context.CorrelationId} causation_id={context.CausationId}";

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
