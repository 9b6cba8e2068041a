namespace EventDriven.Tests.Checkout.Host;

/// <summary>Tests that share one Checkout.</summary>
[CollectionDefinition]
public sealed class CheckoutCollection : ICollectionFixture<CheckoutFixture>;
