namespace EventDriven.Messaging.Kafka;

/// <summary>Limits of a broker.</summary>
internal static class RecordLimits
{
    /// <summary>Largest record, in bytes, with its key and headers: the broker's default.</summary>
    public const int MaxBytes = 1024 * 1024;
}
