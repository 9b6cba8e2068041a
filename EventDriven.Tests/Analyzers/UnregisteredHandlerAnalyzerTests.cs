using EventDriven.Messaging.Analyzers.Handlers;

namespace EventDriven.Tests.Analyzers;

/// <summary>EDM007.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class UnregisteredHandlerAnalyzerTests
{
    private const string Body = "{ public Task HandleAsync(EventContext<OrderPlaced> c, CancellationToken t) => Task.CompletedTask; }";
    private const string Batches =
        "{ public Task HandleAsync(IReadOnlyList<EventContext<OrderPlaced>> c, CancellationToken t) => Task.CompletedTask; }";

    [Theory]
    [InlineData($"public class [|Ship|] : IEventHandler<OrderPlaced> {Body}", "")]
    [InlineData($"public class [|Ship|] : IEventBatchHandler<OrderPlaced> {Batches}", "")]
    [InlineData(
        $"public class Ship : IEventHandler<OrderPlaced> {Body} public class [|Bill|] : IEventHandler<OrderPlaced> {Body}",
        ".AddHandler<Ship>()")]
    [InlineData($"public abstract class Base : IEventHandler<OrderPlaced> {Body} public class [|Ship|] : Base;", "")]
    public Task A_handler_that_is_not_registered_is_reported(string handlers, string registration) =>
        VerifyAsync(handlers, registration);

    [Theory]
    [InlineData($"public class Ship : IEventHandler<OrderPlaced> {Body}", ".AddHandler<Ship>()")]
    [InlineData($"public class Base : IEventHandler<OrderPlaced> {Body} public class Ship : Base;", ".AddHandler<Ship>()")]
    [InlineData($"public class Ship<T> : IEventHandler<OrderPlaced> {Body}", ".AddHandler<Ship<int>>()")]
    [InlineData($"public class Ship : IEventHandler<OrderPlaced> {Body} public class Types {{ Type T => typeof(Ship); }}", "")]
    [InlineData("public interface IShip : IEventHandler<OrderPlaced>;", "")]
    public Task A_handler_that_is_mentioned_is_not_reported(string handlers, string registration) => VerifyAsync(handlers, registration);

    [Fact]
    public Task An_assembly_without_a_consumer_is_left_alone() =>
        AnalyzerCheck<UnregisteredHandlerAnalyzer>.VerifyAsync($"public class Ship : IEventHandler<OrderPlaced> {Body}");

    private static Task VerifyAsync(string handlers, string registration) => AnalyzerCheck<UnregisteredHandlerAnalyzer>.VerifyAsync(
        $$"""
        {{handlers}}
        public static class Events
        {
            public static void Add(IMessagingBuilder messaging) =>
                messaging.AddConsumer("shipping", consumer => consumer.Subscribe("orders.v1"){{registration}});
        }
        """);
}
