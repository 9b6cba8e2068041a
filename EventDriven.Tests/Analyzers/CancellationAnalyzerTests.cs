using EventDriven.Messaging.Analyzers.CodeFixes.Handlers;
using EventDriven.Messaging.Analyzers.Handlers;

namespace EventDriven.Tests.Analyzers;

/// <summary>EDM010.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class CancellationAnalyzerTests
{
    [Theory]
    [InlineData("await [|database.SaveChangesAsync()|];")]
    [InlineData("await [|database.SaveChangesAsync(CancellationToken.None)|];")]
    [InlineData("await [|database.SaveChangesAsync(default(CancellationToken))|];")]
    [InlineData("await [|database.Orders.SingleAsync(order => order.Id == context.Data.OrderId)|];")]
    [InlineData("await [|database.Database.ExecuteSqlAsync($\"SELECT {context.Data.OrderId}\")|];")]
    [InlineData("await [|http.GetStringAsync(\"https://shop.example\")|];")]
    [InlineData("Func<Task> save = () => [|database.SaveChangesAsync()|]; await save();")]
    public Task A_call_without_the_token_is_reported(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("await database.SaveChangesAsync(cancellationToken);")]
    [InlineData("using var source = new CancellationTokenSource(); await database.SaveChangesAsync(source.Token);")]
    [InlineData("try { } catch { await database.SaveChangesAsync(CancellationToken.None); throw; }")]
    [InlineData("try { } finally { await database.SaveChangesAsync(); }")]
    [InlineData("await Task.WhenAll(); await Task.Yield(); await database.DisposeAsync();")]
    [InlineData("context.OnCommitted(() => _ = http.GetStringAsync(\"https://shop.example\"));")]
    public Task A_call_that_has_a_token_or_takes_none_is_not_reported(string body) => VerifyAsync(body);

    [Fact]
    public Task A_method_without_a_token_can_pass_none() => AnalyzerCheck<CancellationAnalyzer>.VerifyAsync(
        """
        public sealed class ShipOrder(Shop database) : IEventHandler<OrderPlaced>
        {
            public Task HandleAsync(EventContext<OrderPlaced> context, CancellationToken cancellationToken) => [|ShipAsync()|];

            private Task ShipAsync(int retries = 3, CancellationToken token = default) => StoreAsync();

            private Task StoreAsync() => database.SaveChangesAsync();
        }
        """);

    [Theory]
    [InlineData("await [|database.SaveChangesAsync()|];", "await database.SaveChangesAsync(cancellationToken);")]
    [InlineData("await [|database.SaveChangesAsync(CancellationToken.None)|];", "await database.SaveChangesAsync(cancellationToken);")]
    [InlineData("await [|database.Orders.ToListAsync(default)|];", "await database.Orders.ToListAsync(cancellationToken);")]
    [InlineData("await [|http.GetStringAsync(\"shop\")|];", "await http.GetStringAsync(\"shop\", cancellationToken);")]
    [InlineData("await [|mailKit.ConnectAsync(\"shop\")|];", "await mailKit.ConnectAsync(\"shop\", cancellationToken: cancellationToken);")]
    public Task The_fix_passes_the_token(string body, string mended) =>
        FixCheck<CancellationAnalyzer, CancellationFix>.VerifyAsync(ShopCode.Handler(body), ShopCode.Handler(mended));

    private static Task VerifyAsync(string body) => AnalyzerCheck<CancellationAnalyzer>.VerifyAsync(ShopCode.Handler(body));
}
