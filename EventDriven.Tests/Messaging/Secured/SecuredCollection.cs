namespace EventDriven.Tests.Messaging.Secured;

/// <summary>Tests that share one secured broker.</summary>
[CollectionDefinition(Name)]
public sealed class SecuredCollection : ICollectionFixture<SecuredKafka>
{
    public const string Name = "secured Kafka";
}
