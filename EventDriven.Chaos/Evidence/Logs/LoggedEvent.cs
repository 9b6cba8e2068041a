namespace EventDriven.Chaos.Evidence.Logs;

/// <summary>An event of the log.</summary>
/// <param name="Identity">Hash of its source and id (<see cref="Messaging.EventIdentity"/>).</param>
/// <param name="Id">CloudEvents <c>id</c>.</param>
/// <param name="Source">CloudEvents <c>source</c>.</param>
/// <param name="Type">CloudEvents <c>type</c>.</param>
/// <param name="Time">When the fact happened, UTC.</param>
/// <param name="CorrelationId">Of the request that it goes back to.</param>
/// <param name="CausationId">Of the request or event that caused it.</param>
/// <param name="Content">Hash of what it says, as an inbox keeps it.</param>
/// <param name="Fact">Its data, as one of the records of EventDriven.Contracts; null for other types and for data that is none.</param>
internal sealed record LoggedEvent(
    Guid Identity,
    string Id,
    string Source,
    string Type,
    DateTimeOffset Time,
    string CorrelationId,
    string CausationId,
    long Content,
    object? Fact)
{
    /// <summary>The fact's short name, such as <c>order-placed</c>.</summary>
    public string Name => Type.Split('.') is [.., var name, _] ? name : Type;
}
