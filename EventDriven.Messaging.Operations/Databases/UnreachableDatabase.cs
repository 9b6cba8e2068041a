namespace EventDriven.Messaging.Operations.Databases;

/// <summary>A database that does not answer.</summary>
/// <param name="Name">Name of its connection string.</param>
/// <param name="Error">Why it does not answer.</param>
public sealed record UnreachableDatabase(string Name, string Error);
