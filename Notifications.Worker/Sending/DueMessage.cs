namespace Notifications.Worker.Sending;

/// <summary>A message that this sender has taken, with its recipient.</summary>
/// <param name="Identity">The event.</param>
/// <param name="EventId">The event's id, for display.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Subject">Subject.</param>
/// <param name="Body">Plain text.</param>
/// <param name="Attempts">Attempts so far.</param>
/// <param name="HappenedAt">When the fact happened, UTC.</param>
/// <param name="CorrelationId">Of the event.</param>
/// <param name="TraceParent">Of the handler that wrote it.</param>
/// <param name="Email">The address, as it is stored; null if the customer was forgotten.</param>
/// <param name="Name">The name, as it is stored; null if it isn't known.</param>
internal sealed record DueMessage(
    Guid Identity,
    string EventId,
    string Kind,
    string Subject,
    string Body,
    int Attempts,
    DateTimeOffset HappenedAt,
    string CorrelationId,
    string? TraceParent,
    string? Email,
    string? Name);
