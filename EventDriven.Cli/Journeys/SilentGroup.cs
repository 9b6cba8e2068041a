using EventDriven.Messaging.Storage.Groups;

namespace EventDriven.Cli.Journeys;

/// <summary>A group that has told nothing of a fact that it is to handle: it has not handled it yet, or its receipt was dropped.</summary>
/// <param name="Group">The group.</param>
/// <param name="ForSeconds">Since the fact happened.</param>
internal sealed record SilentGroup(string Group, double ForSeconds)
{
    /// <summary>Names them in each fact of a journey.</summary>
    /// <param name="journey">As Analytics tells it.</param>
    /// <param name="groups">The groups that there are, with the types that each handles.</param>
    /// <param name="now">By the clock of whoever asks.</param>
    public static Journey NameIn(Journey journey, IReadOnlyList<RegisteredGroup> groups, DateTimeOffset now) => journey with
    {
        Facts = [.. journey.Facts.Select(fact => fact with { NotTold = [.. Of(fact, groups, now)] })],
    };

    private static IEnumerable<SilentGroup> Of(JourneyFact fact, IReadOnlyList<RegisteredGroup> groups, DateTimeOffset now) =>
        from @group in groups

        // What happened before a type was bound is passed over.
        where @group.Topics.Contains(fact.Topic) && @group.EventTypes.TryGetValue(fact.Type, out var since) && since <= fact.HappenedAt
        where fact.Groups.All(step => step.Group != @group.Name)
        select new SilentGroup(@group.Name, Math.Round(Math.Max(0, (now - fact.HappenedAt).TotalSeconds), 1));
}
