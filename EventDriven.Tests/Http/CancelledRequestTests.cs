using Checkout.Api.Database;
using EventDriven.Tests.Checkout.Host;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventDriven.Tests.Http;

/// <summary>A client that goes away while its request waits for the database.</summary>
public sealed class CancelledRequestTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "/cancel")]
    public async Task Who_goes_away_ends_its_query_and_is_no_error(string method, string action)
    {
        var connectionString = "";
        await using var app = (ServiceApp<CheckoutDbContext>)await AllServices.StartAsync(
            "checkout", servers, given => connectionString = given);
        var id = await app.Client.PlaceAsync();
        await using var locking = new NpgsqlConnection(connectionString);
        await locking.OpenAsync(Token);
        await using var transaction = await locking.BeginTransactionAsync(Token);
        await ExecuteAsync("LOCK TABLE orders IN ACCESS EXCLUSIVE MODE");
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), $"/orders/{id}{action}");
        var asking = app.Client.SendAsync(request, leaving.Token);
        await Eventually.TrueAsync(async () => await WaitingAsync() == 1);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);

        await Eventually.TrueAsync(async () => await WaitingAsync() == 0);
        await transaction.RollbackAsync(Token);
        Assert.Equal("Placed", (await app.Client.GetOrderAsync(id)).State());
        Assert.DoesNotContain(
            app.Log.Entries,
            e => e.Level >= LogLevel.Error || (e.Level == LogLevel.Warning && e.Line.Contains("/orders", StringComparison.Ordinal)));

        // Not within the transaction, which sees one state of the activity.
        async Task<long> WaitingAsync()
        {
            await using var looking = new NpgsqlConnection(connectionString);
            await looking.OpenAsync(Token);
            await using var command = new NpgsqlCommand(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' "
                + "AND query LIKE '%orders%'", looking);
            return (long)(await command.ExecuteScalarAsync(Token))!;
        }

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, locking);
            await command.ExecuteNonQueryAsync(Token);
        }
    }
}
