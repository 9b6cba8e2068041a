using EventDriven.Messaging.Analyzers.Handlers;

namespace EventDriven.Tests.Analyzers;

/// <summary>EDM008.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class SharedRecordAnalyzerTests
{
    private const string Usings =
        "using System.Collections.Generic; using System.Threading; using System.Threading.Tasks; using EventDriven.Messaging;";

    private const string Contracts =
        $$"""
        {{Usings}}
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("TestProject")]
        namespace Contracts
        {
            [Event("shop.orders.order-placed.v1")] public sealed record Placed(string OrderId);
            [Event("shop.orders.order-shipped.v1")] internal sealed record Shipped(string OrderId);
            public abstract class Handler<T> : IEventHandler<T>
            {
                public Task HandleAsync(EventContext<T> context, CancellationToken cancellationToken) => Task.CompletedTask;
            }
        }
        """;

    [Theory]
    [InlineData("[|IEventHandler<Contracts.Placed>|]", "EventContext<Contracts.Placed>")]
    [InlineData("[|IEventBatchHandler<Contracts.Placed>|]", "IReadOnlyList<EventContext<Contracts.Placed>>")]
    [InlineData("Base, [|IEventHandler<Contracts.Placed>|]", "EventContext<Contracts.Placed>")]
    public Task The_producers_record_is_reported(string types, string context) => VerifyAsync(types, context);

    [Theory]
    [InlineData("IEventHandler<Own>", "EventContext<Own>")]
    [InlineData("Contracts.Handler<Own>", "EventContext<Own>")]
    [InlineData("IEventHandler<Contracts.Shipped>", "EventContext<Contracts.Shipped>")]
    public Task A_record_of_its_own_or_of_a_friend_is_not_reported(string types, string context) => VerifyAsync(types, context);

    private static Task VerifyAsync(string types, string context) => AnalyzerCheck<SharedRecordAnalyzer>.VerifyAsync(
        $$"""
        {{Usings}}
        [Event("shop.orders.order-placed.v1")] internal sealed record Own(string OrderId);
        internal class Base;
        internal sealed class Ship : {{types}}
        {
            public Task HandleAsync({{context}} given, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        """.Replace("Task HandleAsync(EventContext<Own> given", types.StartsWith("Contracts", StringComparison.Ordinal)
            ? "new Task HandleAsync(EventContext<Own> given" : "Task HandleAsync(EventContext<Own> given", StringComparison.Ordinal),
        Contracts);
}
