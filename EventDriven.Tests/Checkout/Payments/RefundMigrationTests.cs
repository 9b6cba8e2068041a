using Checkout.Api.Database;
using EventDriven.Tests.Checkout.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EventDriven.Tests.Checkout.Payments;

/// <summary>
/// A database from before payments had to fit their orders is brought over: nothing is lost, and what is owed is refunded.
/// </summary>
public sealed class RefundMigrationTests(Servers servers)
{
    private const string Before = "20261125041504_OrderLinesAndInboxByIds";

    [Fact]
    public async Task Payments_beyond_the_total_and_those_of_orders_that_have_ended_are_owed_back()
    {
        var connectionString = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var ids = new Dictionary<string, Guid>(StringComparer.Ordinal);
        var options = new DbContextOptionsBuilder<CheckoutDbContext>().UseNpgsql(connectionString).UseSnakeCaseNamingConvention().Options;
        await using (var database = new CheckoutDbContext(options))
        {
            await database.GetService<IMigrator>().MigrateAsync(Before, TestContext.Current.CancellationToken);
            foreach (var state in (string[])["Placed", "Confirmed", "Rejected", "Cancelled"])
            {
                ids[state] = await PlantAsync(database, state, payments: state == "Placed" ? 0 : state == "Confirmed" ? 3 : 1);
            }
        }

        await using var provider = await FakeProvider.StartAsync();
        await using var app = new CheckoutApp(new CheckoutAppOptions(connectionString, servers.Redis) { Provider = provider.Url });

        Assert.Equal((0m, 5.40m), Of(await PaymentAsync(app, "Placed")));
        Assert.Equal((5.40m, 0m), Of(await PaymentAsync(app, "Confirmed")));
        await Eventually.GetAsync(() => PaymentAsync(app, "Rejected"), payment => payment == (5.40m, 0m, 0m, 5.40m));
        await Eventually.GetAsync(() => PaymentAsync(app, "Cancelled"), payment => payment == (5.40m, 0m, 0m, 5.40m));
        await Eventually.GetAsync(
            () => Task.FromResult(
                provider.Commands.Select(c => $"{c.Reference} {c.Amount} {c.Reason}").Order(StringComparer.Ordinal).ToList()),
            commands => commands.SequenceEqual(
            [
                "Cancelled-0 5.40 order-cancelled",
                "Confirmed-1 5.40 exceeds-total",
                "Confirmed-2 5.40 exceeds-total",
                "Rejected-0 5.40 order-rejected",
            ]));

        // It goes on like any other order: cancelled, it gives back what it had kept.
        using var cancelled = await app.Client.CancelAsync(ids["Confirmed"]);
        await Eventually.GetAsync(() => PaymentAsync(app, "Confirmed"), payment => payment == (5.40m, 0m, 0m, 5.40m));

        static (decimal, decimal) Of((decimal Paid, decimal Outstanding, decimal, decimal) payment) => (payment.Paid, payment.Outstanding);

        async Task<(decimal Paid, decimal Outstanding, decimal Due, decimal Refunded)> PaymentAsync(CheckoutApp checkout, string state) =>
            (await checkout.Client.GetOrderAsync(ids[state])).Payment();
    }

    private static async Task<Guid> PlantAsync(CheckoutDbContext database, string state, int payments)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO orders (id, customer_id, email, currency, total, state, lines, rejected_skus)
            VALUES ({id}, {id}, 'ada@example.org', 'EUR', 5.40, {state}, '[]', CASE {state} WHEN 'Rejected' THEN ARRAY['tea-rooibos'] END);
            INSERT INTO order_history (order_id, number, state, at) VALUES ({id}, 1, 'Placed', now());
            INSERT INTO order_history (order_id, number, state, at) SELECT {id}, 2, {state}, now() WHERE {state} <> 'Placed';
            INSERT INTO payments (provider_reference, order_id, amount, currency, captured_at)
            SELECT {state} || '-' || n, {id}, 5.40, 'EUR', now() + make_interval(secs => n) FROM generate_series(0, {payments - 1}) AS n
            """);
        return id;
    }
}
