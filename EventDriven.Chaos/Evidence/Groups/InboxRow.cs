namespace EventDriven.Chaos.Evidence.Groups;

/// <summary>An event that a group has handled.</summary>
internal sealed record InboxRow(Guid Identity, DateTimeOffset HandledAt);
