namespace Notifications.Worker.Sending;

/// <summary>A message that this sender has taken, with its recipient.</summary>
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
    string Email);
