using System.Data.Common;
using Confluent.Kafka;

namespace EventDriven.Messaging.Failures;

/// <summary>
/// Tells what fails because of a server, and is tried again, from a defect. Whether the fault may be an event's own is another question, which
/// <see cref="DatabaseOutage"/> answers.
/// </summary>
internal static class ServerFailure
{
    /// <summary>Whether Kafka or a database failed, or didn't answer in time. EF Core wraps what a database throws while it is away.</summary>
    public static bool Is(Exception exception) =>
        exception is KafkaException or DbException or TimeoutException or InvalidOperationException { InnerException: DbException or TimeoutException };
}
