using Confluent.Kafka.Admin;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Messaging.Operations.Access;

/// <summary>The least that a principal has to be allowed on Kafka.</summary>
/// <param name="Principal">For example, <c>User:checkout</c>.</param>
/// <param name="Rules">What it is allowed, sorted and without repetition.</param>
public sealed record PrincipalAccess(string Principal, IReadOnlyList<AclRule> Rules)
{
    // Of clients that ask about the cluster and join no group, for which Kafka's client wants a name. Kafka is asked who coordinates such a
    // group, which is to describe it.
    private const string OwnClients = "eventdriven-";

    /// <summary>
    /// What a service needs: to write what it publishes, to read as its groups, and to see how long the topics that it reads keep events.
    /// An idempotent producer needs no more than to write (KIP-679, Kafka 3.0).
    /// </summary>
    public static PrincipalAccess OfService(string principal, DeclaredAccess declared)
    {
        ArgumentNullException.ThrowIfNull(declared);
        return Of(
            principal,
            [
                .. declared.Publishes.Concat(declared.Receipts is { } receipts ? [receipts] : [])
                    .Select(topic => (ResourceType.Topic, topic, AclOperation.Write)),
                .. declared.Groups.SelectMany(group => group.Topics).SelectMany(topic => new[]
                {
                    (ResourceType.Topic, topic, AclOperation.Read), (ResourceType.Topic, topic, AclOperation.DescribeConfigs),
                }),
                .. declared.Groups.Select(group => (ResourceType.Group, group.Name, AclOperation.Read)),
            ]);
    }

    /// <summary>
    /// What an operator's commands need: to create and change topics, to read them, to read and set the offsets of groups, and to list
    /// these rules. Not to write an event, nor to grant rights.
    /// </summary>
    /// <param name="principal">For example, <c>User:operator</c>.</param>
    /// <param name="services">What all services declare.</param>
    /// <param name="topics">Topics that <c>topics apply</c> creates.</param>
    public static PrincipalAccess OfOperator(
        string principal, IReadOnlyCollection<DeclaredAccess> services, IReadOnlyCollection<string> topics)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(topics);
        var all = services.SelectMany(service => service.Publishes.Concat(service.Groups.SelectMany(group => group.Topics)))
            .Concat(services.Select(service => service.Receipts).OfType<string>()).Concat(topics);
        AclOperation[] onTopics =
            [AclOperation.Read, AclOperation.Create, AclOperation.Alter, AclOperation.DescribeConfigs, AclOperation.AlterConfigs];
        return Of(
            principal,
            [
                .. all.SelectMany(topic => onTopics.Select(operation => (ResourceType.Topic, topic, operation))),
                .. services.SelectMany(service => service.Groups)
                    .Select(group => (ResourceType.Group, group.Name, AclOperation.Read)),
                (ResourceType.Broker, AclRule.Cluster, AclOperation.Describe),
            ]);
    }

    private static PrincipalAccess Of(string principal, IEnumerable<(ResourceType Type, string Name, AclOperation Operation)> rules) => new(
        principal,
        [
            .. rules.Select(rule => new AclRule(principal, rule.Type, rule.Name, IsPrefix: false, rule.Operation))
                .Append(new AclRule(principal, ResourceType.Group, OwnClients, IsPrefix: true, AclOperation.Describe))
                .Distinct()
                .OrderByDescending(rule => rule.Type == ResourceType.Topic).ThenBy(rule => rule.Type)
                .ThenBy(rule => rule.Name, StringComparer.Ordinal).ThenBy(rule => rule.Operation),
        ]);
}
