namespace EventDriven.Tests.Messaging.Host;

/// <summary>What a <see cref="NoteProcess"/> is told; see <see cref="NoteServiceOptions"/>.</summary>
/// <param name="FailureRate">Share of the handler's runs that fail, after they have written their effect.</param>
internal sealed record NoteProcessOptions(
    string Database,
    string Kafka,
    string Redis,
    string? Cluster,
    string Topic,
    string Group,
    bool Batches,
    bool OffsetsInDatabase,
    double FailureRate);
