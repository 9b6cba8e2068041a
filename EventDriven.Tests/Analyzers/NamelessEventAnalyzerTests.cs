using EventDriven.Messaging.Analyzers.Events;

namespace EventDriven.Tests.Analyzers;

/// <summary>EDM012.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class NamelessEventAnalyzerTests
{
    private const string Types =
        """
        public sealed record Parcel(string Id);
        public abstract class Handler<T> : IEventHandler<T>
        {
            public Task HandleAsync(EventContext<T> context, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        public sealed class Named : Handler<OrderPlaced>;
        public sealed class Nameless : Handler<Parcel>;
        public sealed class NamelessBatches : IEventBatchHandler<Parcel>
        {
            public Task HandleAsync(IReadOnlyList<EventContext<Parcel>> contexts, CancellationToken cancelled) => Task.CompletedTask;
        }
        public static class Registration
        {
            public static void Add(IMessagingBuilder messaging, IConsumerBuilder consumer) => BODY;
            public static void AddAny<T, THandler>(IMessagingBuilder messaging, IConsumerBuilder consumer)
                where T : notnull where THandler : class, IEventHandler<T>
            {
                messaging.Publishes<T>("orders.v1", key: e => "");
                consumer.AddHandler<THandler>();
            }
        }
        """;

    [Theory]
    [InlineData("[|messaging.Publishes<Parcel>(\"parcels.v1\", key: e => e.Id)|]")]
    [InlineData("[|consumer.AddHandler<Nameless>()|]")]
    [InlineData("[|consumer.AddHandler<NamelessBatches>()|]")]
    public Task A_registered_record_without_a_name_is_reported(string call) => VerifyAsync(call);

    [Theory]
    [InlineData("messaging.Publishes<OrderPlaced>(\"orders.v1\", key: e => e.OrderId)")]
    [InlineData("consumer.AddHandler<Named>()")]
    [InlineData("AddAny<OrderPlaced, Named>(messaging, consumer)")]
    public Task A_named_one_is_not_reported(string call) => VerifyAsync(call);

    private static Task VerifyAsync(string call) =>
        AnalyzerCheck<NamelessEventAnalyzer>.VerifyAsync(Types.Replace("BODY", call, StringComparison.Ordinal));
}
