namespace EventDriven.Cli.Acls;

/// <summary>Allows a principal one operation on one resource of Kafka, from any host.</summary>
/// <param name="Principal">Such as User:checkout.</param>
/// <param name="Resource">topic, group or cluster.</param>
/// <param name="Name">Name of the resource, or how its names begin.</param>
/// <param name="Prefix">Whether it is for all resources whose names begin so.</param>
/// <param name="Operation">What is allowed, in the words of Kafka.</param>
internal sealed record AclRuleJson(string Principal, string Resource, string Name, bool Prefix, string Operation);
