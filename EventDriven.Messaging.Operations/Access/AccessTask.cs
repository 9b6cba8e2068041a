using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Operations.Tasks.Execution;
using EventDriven.Messaging.Outbox.Writing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Operations.Access;

/// <summary>Reports what a service does with Kafka. It needs no server.</summary>
/// <param name="services">The service's own.</param>
internal sealed class AccessTask(IServiceProvider services) : IServiceTask
{
    /// <inheritdoc/>
    public string Name => TaskNames.Access;

    /// <inheritdoc/>
    public IReadOnlySet<string> Options { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlySet<string> Flags { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<int> RunAsync(TaskArguments arguments, TaskOutput output, CancellationToken cancellationToken)
    {
        output.Write(Declared());
        return Task.FromResult(ExitCode.Done);
    }

    private DeclaredAccess Declared()
    {
        var published = services.GetService<PublishedEvents>();
        var groups = services.GetServices<ConsumerGroup>().ToList();
        var receipts = services.GetRequiredService<IOptions<MessagingOptions>>().Value.Receipts;
        return new DeclaredAccess(
            published?.Source,
            [.. (published?.Topics ?? []).Select(topic => topic.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. groups.Select(group => new DeclaredGroup(
                group.Name, [.. group.Topics.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], group.OffsetsInDatabase))],
            receipts.Enabled && groups.Count > 0 ? receipts.Topic : null);
    }
}
