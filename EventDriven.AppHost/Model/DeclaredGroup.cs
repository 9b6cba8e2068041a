namespace EventDriven.AppHost.Model;

/// <summary>A consumer group of a service.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Topics">What it reads.</param>
/// <param name="OffsetsInDatabase">Whether it keeps its offsets in its database, so that Kafka does not know its lag.</param>
internal sealed record DeclaredGroup(string Name, IReadOnlyList<string> Topics, bool OffsetsInDatabase);
