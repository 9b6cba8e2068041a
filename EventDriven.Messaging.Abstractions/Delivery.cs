namespace EventDriven.Messaging;

/// <summary>One delivery of an event.</summary>
/// <param name="Group">The consumer group that it was delivered to.</param>
/// <param name="Topic">Topic it stands on.</param>
/// <param name="Partition">Partition of the topic.</param>
/// <param name="Offset">Offset in the partition.</param>
/// <param name="Attempt">1 for the first attempt of this process.</param>
public sealed record Delivery(string Group, string Topic, int Partition, long Offset, int Attempt);
