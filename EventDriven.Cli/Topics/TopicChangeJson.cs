namespace EventDriven.Cli.Topics;

/// <summary>What a declared topic needed.</summary>
/// <param name="Topic">Its name.</param>
/// <param name="Create">Whether it was missing.</param>
/// <param name="GrowPartitions">Whether it had too few partitions.</param>
/// <param name="LengthenRetention">Whether its records were not kept for long enough.</param>
internal sealed record TopicChangeJson(string Topic, bool Create, bool GrowPartitions, bool LengthenRetention);
