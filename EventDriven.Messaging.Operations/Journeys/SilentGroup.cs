using EventDriven.Messaging.Storage.Groups;

namespace EventDriven.Messaging.Operations.Journeys;

/// <summary>A group that has sent no receipt for an event: it has not handled the event yet, or its receipt was dropped.</summary>
/// <param name="Group">The group.</param>
/// <param name="ForSeconds">Time since the event happened, in seconds.</param>
public sealed record SilentGroup(string Group, double ForSeconds)
{
    /// <summary>Adds the silent groups to each event of a journey.</summary>
    /// <param name="journey">The journey, as Analytics answers it.</param>
    /// <param name="groups">All groups, with the types that each handles.</param>
    /// <param name="now">The present time.</param>
    public static Journey NameIn(Journey journey, IReadOnlyList<RegisteredGroup> groups, DateTimeOffset now) => journey with
    {
        Facts = [.. journey.Facts.Select(fact => fact with { NotTold = [.. Of(fact, groups, now)] })],
    };

    private static IEnumerable<SilentGroup> Of(JourneyFact fact, IReadOnlyList<RegisteredGroup> groups, DateTimeOffset now) =>
        from @group in groups

        // Events that happened before their type was bound are passed over.
        where @group.Topics.Contains(fact.Topic) && @group.EventTypes.TryGetValue(fact.Type, out var since) && since <= fact.HappenedAt
        where fact.Groups.All(step => step.Group != @group.Name)
        select new SilentGroup(@group.Name, Math.Round(Math.Max(0, (now - fact.HappenedAt).TotalSeconds), 1));
}
