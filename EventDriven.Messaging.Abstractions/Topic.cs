namespace EventDriven.Messaging;

/// <summary>A topic that a service publishes to or reads from.</summary>
/// <param name="Name">Its name in Kafka.</param>
/// <param name="Partitions">Declared minimum number of partitions, checked at start; null if none is declared.</param>
public sealed record Topic(string Name, int? Partitions = null)
{
    /// <summary>A topic without a declared number of partitions.</summary>
    public static implicit operator Topic(string name) => new(name);

    /// <summary>A topic without a declared number of partitions.</summary>
    public static Topic FromString(string name) => new(name);
}
