namespace EventDriven.Messaging.Operations.Access;

/// <summary>What a cluster allows some principals, compared with what they need.</summary>
/// <param name="Missing">What they need and the cluster doesn't allow.</param>
/// <param name="Superfluous">What the cluster allows them, and they don't need.</param>
/// <param name="Present">What they need and have.</param>
public sealed record AclPlan(IReadOnlyList<AclRule> Missing, IReadOnlyList<AclRule> Superfluous, IReadOnlyList<AclRule> Present)
{
    /// <summary>Compares what is needed with what there is.</summary>
    public static AclPlan Of(IReadOnlyCollection<AclRule> needed, IReadOnlyCollection<AclRule> existing)
    {
        var (need, have) = (needed.ToHashSet(), existing.ToHashSet());
        return new AclPlan(
            [.. needed.Where(rule => !have.Contains(rule))],
            [.. existing.Where(rule => !need.Contains(rule))],
            [.. needed.Where(have.Contains)]);
    }
}
