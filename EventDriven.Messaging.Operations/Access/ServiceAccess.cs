using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Outbox.Writing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Operations.Access;

/// <summary>What a service does with Kafka.</summary>
public static class ServiceAccess
{
    /// <summary>What the registration of a service declares: what it publishes, and what its groups read. It needs no server.</summary>
    /// <param name="services">The service's own.</param>
    /// <returns>Null if the service neither publishes nor reads anything.</returns>
    public static DeclaredAccess? Declared(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var published = services.GetService<PublishedEvents>();
        var groups = services.GetServices<ConsumerGroup>().ToList();
        if (published is null && groups.Count == 0)
        {
            return null;
        }

        var receipts = services.GetRequiredService<IOptions<MessagingOptions>>().Value.Receipts;
        return new DeclaredAccess(
            published?.Source,
            [.. (published?.Topics ?? []).Select(topic => topic.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. groups.Select(group => new DeclaredGroup(
                group.Name, [.. group.Topics.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], group.OffsetsInDatabase))],
            receipts.Enabled && groups.Count > 0 ? receipts.Topic : null);
    }
}
