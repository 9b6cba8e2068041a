using EventDriven.ServiceDefaults.Database;
using EventDriven.Tests.Messaging.Schema;
using Inventory.Worker.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventDriven.Tests.Services;

/// <summary>A service that starts while PostgreSQL ends sessions waits for it, as for one that is not up yet.</summary>
public sealed class InterruptedMigrationTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_migration_whose_session_is_ended_is_tried_again()
    {
        await using var database = await FormerDatabase.RestoreAsync(servers, FormerDatabase.Inventory, Token);
        await using var services = new ServiceCollection()
            .AddDbContext<InventoryDbContext>(options => options.UseNpgsql(database.ConnectionString).UseSnakeCaseNamingConvention())
            .BuildServiceProvider();
        var migration = new DatabaseMigration<InventoryDbContext>(
            services.GetRequiredService<IServiceScopeFactory>(),
            TimeProvider.System,
            NullLogger<DatabaseMigration<InventoryDbContext>>.Instance);

        // The migration's session reads the table, and waits for its lock.
        await using (var held = await database.BeginTransactionAsync(Token))
        {
            await database.RunAsync("LOCK TABLE \"__EFMigrationsHistory\" IN SHARE MODE", Token);
            var starting = migration.StartAsync(Token);
            await Eventually.TrueAsync(
                async () => await database.ReadAsync(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_locks
                    WHERE relation = '"__EFMigrationsHistory"'::regclass AND NOT granted
                    """,
                    Token) is ["True"]);
            await held.CommitAsync(Token);
            await starting;
        }

        Assert.Equal(["10"], await database.ReadAsync("SELECT count(*) FROM \"__EFMigrationsHistory\"", Token));
    }
}
