namespace EventDriven.AppHost.Targets;

/// <summary>A topic that a consumer group reads, whose lag says how many instances the service needs.</summary>
/// <param name="Group">The consumer group.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Partitions">Its partitions: more instances than that have nothing to do.</param>
internal sealed record ConsumedTopic(string Group, string Topic, int Partitions);
