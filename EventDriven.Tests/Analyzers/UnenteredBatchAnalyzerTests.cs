using EventDriven.Messaging.Analyzers.Handlers;

namespace EventDriven.Tests.Analyzers;

/// <summary>EDM011.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class UnenteredBatchAnalyzerTests
{
    private const string Add = "outbox.Add(new OrderShipped(context.Data.OrderId), context.Envelope.Time)";

    [Theory]
    [InlineData($"foreach (var context in contexts) {{ [|{Add}|]; }}")]
    [InlineData($"contexts.ToList().ForEach(context => [|{Add}|]);")]
    [InlineData($"var context = contexts[0]; Ship(); void Ship() {{ [|{Add}|]; }}")]
    public Task Publishing_for_no_event_is_reported(string body) => VerifyAsync(body);

    [Theory]
    [InlineData($"foreach (var context in contexts) {{ using var entered = context.Enter(); {Add}; }}")]
    [InlineData("foreach (var context in contexts) { _ = context.Data; }")]
    [InlineData(
        "foreach (var context in contexts) { using (context.Enter()) { Ship(context); } }"
            + $"void Ship(EventContext<OrderPlaced> context) => {Add};")]
    public Task Publishing_within_an_event_is_not_reported(string body) => VerifyAsync(body);

    [Fact]
    public Task A_handler_of_single_events_is_called_within() =>
        AnalyzerCheck<UnenteredBatchAnalyzer>.VerifyAsync(ShopCode.Handler($"{Add};"));

    private static Task VerifyAsync(string body) => AnalyzerCheck<UnenteredBatchAnalyzer>.VerifyAsync(
        $$"""
        public sealed class ShipOrders(IOutbox outbox) : IEventBatchHandler<OrderPlaced>
        {
            public Task HandleAsync(IReadOnlyList<EventContext<OrderPlaced>> contexts, CancellationToken cancellationToken)
            {
                {{body}}
                return Task.CompletedTask;
            }
        }
        """);
}
