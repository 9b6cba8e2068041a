using System.Reflection;
using EventDriven.Hosting;
using EventDriven.Hosting.Kafka;
using EventDriven.Hosting.Postgres;
using EventDriven.Hosting.Redis;

namespace EventDriven.AppHost.Model;

/// <summary>The consumers that <c>Consumers/</c> declares.</summary>
internal static class DeclaredConsumers
{
    /// <summary>All of them, by name.</summary>
    public static IEnumerable<DeclaredConsumerAttribute> All => typeof(DeclaredConsumers).Assembly
        .GetCustomAttributes<DeclaredConsumerAttribute>().OrderBy(consumer => consumer.Name, StringComparer.Ordinal);

    /// <summary>Adds them, each with what every consumer has: a database, the leases, the log, receipts and operator commands.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="postgres">The server of their databases.</param>
    /// <param name="redis">Where they keep their leases.</param>
    /// <param name="kafka">The log.</param>
    /// <param name="topics">Creates the topics, which they wait for.</param>
    /// <exception cref="HostingException">The name of one is that of the audit trail.</exception>
    public static void AddDeclaredConsumers(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<IResourceWithConnectionString> postgres,
        IResourceBuilder<IResourceWithConnectionString> redis,
        IResourceBuilder<IResourceWithConnectionString> kafka,
        IResourceBuilder<ProjectResource> topics)
    {
        foreach (var consumer in All)
        {
            if (consumer.Database == AuditDatabase.Name)
            {
                throw new HostingException(
                    $"The consumer '{consumer.Name}' would have the database {AuditDatabase.Name}, which is that of the audit trail. "
                    + "Give it another name.");
            }

            var database = postgres.AddServerDatabase(consumer.Database);
            consumer.AddTo(builder, service => service
                .WithReference(database).WithRedis(redis).WithKafka(kafka)
                .WithIdentities().WithReceipts()
                .WaitFor(database).WaitFor(redis).WaitForCompletion(topics)
                .WithOperatorCommands());
        }
    }
}
