namespace EventDriven.Messaging.Operations.Databases;

/// <summary>Where a service's database is.</summary>
/// <param name="Name">Name of its connection string, such as <c>inventorydb</c>.</param>
/// <param name="ConnectionString">The connection string.</param>
public sealed record ServiceDatabase(string Name, string ConnectionString);
