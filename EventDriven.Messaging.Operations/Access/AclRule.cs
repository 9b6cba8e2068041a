using Confluent.Kafka.Admin;

namespace EventDriven.Messaging.Operations.Access;

/// <summary>Allows a principal one operation on one resource of Kafka, from any host.</summary>
/// <param name="Principal">For example, <c>User:checkout</c>.</param>
/// <param name="Type">Kind of the resource.</param>
/// <param name="Name">Name of the resource, or how its names begin.</param>
/// <param name="IsPrefix">Whether it is for all resources whose names begin so.</param>
/// <param name="Operation">What is allowed. Kafka allows to describe what may be read or written.</param>
public sealed record AclRule(string Principal, ResourceType Type, string Name, bool IsPrefix, AclOperation Operation)
{
    /// <summary>Kafka's name of the one resource of the type <see cref="ResourceType.Broker"/>: the cluster.</summary>
    public const string Cluster = "kafka-cluster";

    internal const string AnyHost = "*";

    internal AclBinding Binding => new()
    {
        Pattern = new ResourcePattern
        {
            Type = Type,
            Name = Name,
            ResourcePatternType = IsPrefix ? ResourcePatternType.Prefixed : ResourcePatternType.Literal,
        },
        Entry = new AccessControlEntry
        {
            Principal = Principal,
            Host = AnyHost,
            Operation = Operation,
            PermissionType = AclPermissionType.Allow,
        },
    };

    internal static AclRule Of(AclBinding binding) => new(
        binding.Entry.Principal,
        binding.Pattern.Type,
        binding.Pattern.Name,
        binding.Pattern.ResourcePatternType == ResourcePatternType.Prefixed,
        binding.Entry.Operation);
}
