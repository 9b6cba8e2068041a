using EventDriven.Messaging.Analyzers.CodeFixes.Handlers;
using EventDriven.Messaging.Analyzers.Handlers;

namespace EventDriven.Tests.Analyzers;

/// <summary>EDM009.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class StaticClockAnalyzerTests
{
    [Theory]
    [InlineData("database.Orders.Add(new Order { ShippedAt = [|DateTimeOffset.UtcNow|] });")]
    [InlineData("outbox.Add(new OrderShipped(context.Data.OrderId), [|DateTime.Now|]);")]
    [InlineData("Console.WriteLine([|DateTime.Today|].AddDays(1));")]
    [InlineData("outbox.Add(new OrderShipped(context.Data.OrderId), [|TimeProvider.System.GetUtcNow()|]);")]
    public Task The_machines_clock_in_a_handler_is_reported(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("database.Orders.Add(new Order { ShippedAt = context.Envelope.Time });")]
    [InlineData("outbox.Add(new OrderShipped(context.Data.OrderId), time.GetUtcNow());")]
    [InlineData("var begun = TimeProvider.System.GetTimestamp(); Console.WriteLine(System.Diagnostics.Stopwatch.GetElapsedTime(begun));")]
    [InlineData("context.OnCommitted(() => Console.WriteLine(DateTimeOffset.UtcNow));")]
    public Task The_events_time_and_an_injected_clock_are_not_reported(string body) => VerifyAsync(body);

    [Fact]
    public Task What_is_no_handler_is_left_to_other_rules() =>
        AnalyzerCheck<StaticClockAnalyzer>.VerifyAsync(ShopCode.UseCase("Console.WriteLine(DateTimeOffset.UtcNow);"));

    [Theory]
    [InlineData("DateTimeOffset now = [|DateTimeOffset.UtcNow|];", "DateTimeOffset now = context.Envelope.Time;")]
    [InlineData("DateTime now = [|DateTime.UtcNow|];", "DateTime now = context.Envelope.Time.UtcDateTime;")]
    [InlineData("var now = [|TimeProvider.System.GetUtcNow()|];", "var now = context.Envelope.Time;")]
    public Task The_fix_takes_the_events_time(string body, string mended) =>
        FixCheck<StaticClockAnalyzer, StaticClockFix>.VerifyAsync(ShopCode.Handler(body), ShopCode.Handler(mended));

    private static Task VerifyAsync(string body) => AnalyzerCheck<StaticClockAnalyzer>.VerifyAsync(ShopCode.Handler(body));
}
