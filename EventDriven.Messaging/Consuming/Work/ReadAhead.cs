namespace EventDriven.Messaging.Consuming.Work;

/// <summary>
/// What was read behind a record on its partition, where a partition is one lane. A class, so that
/// records are not compared by what follows them.
/// </summary>
internal sealed class ReadAhead
{
    private volatile PendingEvent? _next;

    /// <summary>The record read next. Only the thread that reads from Kafka writes it.</summary>
    public PendingEvent? Next
    {
        get => _next;
        set => _next = value;
    }
}
