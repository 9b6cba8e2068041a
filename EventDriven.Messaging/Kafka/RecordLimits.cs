namespace EventDriven.Messaging.Kafka;

/// <summary>What a broker takes.</summary>
internal static class RecordLimits
{
    /// <summary>Largest record, in bytes, with its key and headers: what a broker takes unless it is told otherwise.</summary>
    public const int MaxBytes = 1024 * 1024;
}
