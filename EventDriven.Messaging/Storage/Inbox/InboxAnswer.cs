using System.Collections.Frozen;

namespace EventDriven.Messaging.Storage.Inbox;

/// <summary>What an inbox knows of some events.</summary>
/// <param name="Known">Identities of those that were applied before; the rows of the others are inserted.</param>
/// <param name="Altered">Those of them that say something else than what was applied.</param>
internal sealed record InboxAnswer(IReadOnlySet<Guid> Known, IReadOnlySet<Guid> Altered)
{
    public static readonly InboxAnswer AllFresh = new(FrozenSet<Guid>.Empty, FrozenSet<Guid>.Empty);
}
