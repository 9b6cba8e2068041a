namespace EventDriven.Cli.Topics;

/// <summary>A declared topic beside the broker's.</summary>
/// <param name="Topic">Its name.</param>
/// <param name="Partitions">The broker's number of partitions; null when it has no such topic.</param>
/// <param name="RetentionSeconds">How long the broker keeps records, in seconds; null for ever, or when it is unknown.</param>
/// <param name="DeclaredPartitions">The declared number of partitions.</param>
/// <param name="DeclaredRetentionSeconds">How long records must be kept, in seconds.</param>
/// <param name="AsDeclared">Whether the broker has at least what is declared.</param>
internal sealed record TopicJson(
    string Topic,
    int? Partitions,
    double? RetentionSeconds,
    int DeclaredPartitions,
    double DeclaredRetentionSeconds,
    bool AsDeclared);
