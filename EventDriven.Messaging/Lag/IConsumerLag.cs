namespace EventDriven.Messaging.Lag;

/// <summary>Tells how far the service's groups are behind; in the container of a service that has any.</summary>
public interface IConsumerLag
{
    /// <summary>The lag of each group, at most about a second old; null while Kafka or the database doesn't answer.</summary>
    Task<IReadOnlyList<LagAnswer>?> ReadAsync(CancellationToken cancellationToken);
}
