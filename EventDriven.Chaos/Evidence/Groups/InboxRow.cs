namespace EventDriven.Chaos.Evidence.Groups;

/// <summary>An event that a group has handled.</summary>
/// <param name="Identity">The event (<see cref="Messaging.EventIdentity"/>).</param>
/// <param name="HandledAt">Read before the row was written.</param>
/// <param name="Transaction">PostgreSQL's id of the transaction that wrote the row (<c>xmin</c>).</param>
internal sealed record InboxRow(Guid Identity, DateTimeOffset HandledAt, long Transaction);
