namespace EventDriven.Chaos.Evidence.Groups;

/// <summary>An event in a service's outbox.</summary>
internal sealed record WaitingEvent(string Database, long Sequence, Guid Id, string Key, string Type)
{
    /// <summary>For a history.</summary>
    public override string ToString() => $"{Database}: outbox {Sequence}, {Type} {Id} of {Key}";
}
