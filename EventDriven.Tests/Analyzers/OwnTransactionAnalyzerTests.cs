using EventDriven.Messaging.Analyzers.Handlers;

namespace EventDriven.Tests.Analyzers;

/// <summary>EDM003.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class OwnTransactionAnalyzerTests
{
    [Theory]
    [InlineData("await [|database.Database.BeginTransactionAsync(cancellationToken)|];")]
    [InlineData("[|database.Database.BeginTransaction(System.Data.IsolationLevel.Serializable)|];")]
    [InlineData("await [|database.Database.CommitTransactionAsync(cancellationToken)|];")]
    [InlineData("await [|database.Database.CurrentTransaction!.CommitAsync(cancellationToken)|];")]
    [InlineData("[|database.Database.RollbackTransaction()|];")]
    [InlineData("using var scope = [|new System.Transactions.TransactionScope()|];")]
    [InlineData("await using var own = await [|connection.BeginTransactionAsync(cancellationToken)|]; await [|own.CommitAsync()|];")]
    public Task A_handler_with_a_transaction_of_its_own_is_reported(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("await database.SaveChangesAsync(cancellationToken);")]
    [InlineData("await database.Database.CurrentTransaction!.CreateSavepointAsync(\"before\", cancellationToken);")]
    [InlineData("await database.Database.CurrentTransaction!.RollbackToSavepointAsync(\"before\", cancellationToken);")]
    [InlineData("context.OnCommitted(() => { using var later = database.Database.BeginTransaction(); later.Commit(); });")]
    public Task What_a_handler_may_do_is_not_reported(string body) => VerifyAsync(body);

    [Fact]
    public Task A_method_that_the_handler_calls_is_part_of_it() => AnalyzerCheck<OwnTransactionAnalyzer>.VerifyAsync(
        """
        public sealed class ShipOrder(Shop database) : IEventHandler<OrderPlaced>
        {
            public Task HandleAsync(EventContext<OrderPlaced> context, CancellationToken cancellationToken) => ShipAsync();

            private async Task ShipAsync() => await ApplyAsync();

            private async Task ApplyAsync() { await [|database.Database.CommitTransactionAsync()|]; }

            public async Task ImportAsync() { await database.Database.BeginTransactionAsync(); }
        }
        """);

    [Fact]
    public Task A_class_that_handles_nothing_has_its_own_transactions() =>
        AnalyzerCheck<OwnTransactionAnalyzer>.VerifyAsync(ShopCode.UseCase("await database.Database.BeginTransactionAsync();"));

    private static Task VerifyAsync(string body) => AnalyzerCheck<OwnTransactionAnalyzer>.VerifyAsync(ShopCode.Handler(body));
}
