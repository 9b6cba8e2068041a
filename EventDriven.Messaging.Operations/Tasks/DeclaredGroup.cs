namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>A consumer group as its service declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Topics">What it reads.</param>
/// <param name="OffsetsInDatabase">Whether its offsets are in its database, so that Kafka doesn't know its lag.</param>
public sealed record DeclaredGroup(string Name, IReadOnlyList<string> Topics, bool OffsetsInDatabase = false);
