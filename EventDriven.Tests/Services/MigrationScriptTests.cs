using Analytics.Worker.Database;
using Checkout.Api.Database;
using Inventory.Worker.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Notifications.Worker.Database;
using Npgsql;
using Recommendations.Worker.Database;

namespace EventDriven.Tests.Services;

/// <summary>
/// All migrations of a service as one script: what a rebuild makes its copies with, and what a team may review and run by hand.
/// </summary>
public sealed class MigrationScriptTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Checkouts_script_runs() => RunsAsync<CheckoutDbContext>();

    [Fact]
    public Task Inventorys_script_runs() => RunsAsync<InventoryDbContext>();

    [Fact]
    public Task Notifications_script_runs() => RunsAsync<NotificationsDbContext>();

    [Fact]
    public Task Analytics_script_runs() => RunsAsync<AnalyticsDbContext>();

    [Fact]
    public Task Recommendations_script_runs() => RunsAsync<RecommendationsDbContext>();

    private async Task RunsAsync<TContext>()
        where TContext : DbContext
    {
        var connectionString = await servers.CreateDatabaseAsync(Token);
        var options = new DbContextOptionsBuilder<TContext>().UseNpgsql(connectionString).UseSnakeCaseNamingConvention().Options;
        await using var database = (TContext)Activator.CreateInstance(typeof(TContext), options)!;
        var script = database.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.NoTransactions);

        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Token);
        await using (var run = new NpgsqlCommand(script, connection))
        {
            await run.ExecuteNonQueryAsync(Token);
        }

        Assert.Empty(await database.Database.GetPendingMigrationsAsync(Token));
        Assert.False(database.Database.HasPendingModelChanges());
    }
}
