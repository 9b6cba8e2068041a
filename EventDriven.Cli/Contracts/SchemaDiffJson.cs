namespace EventDriven.Cli.Contracts;

/// <summary>What a schema changes, and whom that breaks.</summary>
/// <param name="Compatible">Whether nothing breaks that --mode asks for.</param>
/// <param name="Backward">Whether it admits each document of the earlier version.</param>
/// <param name="Forward">Whether the earlier version admits each of its documents.</param>
/// <param name="Differences">The differences.</param>
internal sealed record SchemaDiffJson(bool Compatible, bool Backward, bool Forward, IReadOnlyList<SchemaDifferenceJson> Differences);
