namespace Analytics.Worker.Journeys;

/// <summary>The last known outcome of an event in a consumer group.</summary>
internal sealed class Receipt
{
    /// <summary>The event: a hash of its source and its id.</summary>
    public required Guid Identity { get; init; }

    /// <summary>The event's id.</summary>
    public required string EventId { get; init; }

    /// <summary>Consumer group.</summary>
    public required string Group { get; init; }

    /// <summary>The event's key, such as an order id.</summary>
    public required string Key { get; init; }

    public required string Topic { get; init; }

    /// <summary>The event's type.</summary>
    public required string Type { get; init; }

    /// <summary>When the fact happened, UTC.</summary>
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>The highest outcome that was reported.</summary>
    public required ReceiptOutcome Outcome { get; init; }

    /// <summary>Attempts up to that outcome.</summary>
    public required int Attempts { get; init; }

    /// <summary>Duration of the last attempt.</summary>
    public required double Milliseconds { get; init; }

    /// <summary>When the group finished it, UTC.</summary>
    public required DateTimeOffset Time { get; init; }
}
