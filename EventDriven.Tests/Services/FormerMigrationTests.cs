using EventDriven.ServiceDefaults.Database;
using EventDriven.Tests.Messaging.Schema;
using Inventory.Worker.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EventDriven.Tests.Services;

/// <summary>A service has one migration for all that former versions had: it can only follow the last of them.</summary>
public sealed class FormerMigrationTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_of_the_last_former_version_is_taken_as_it_is()
    {
        await using var database = await FormerDatabase.RestoreAsync(servers, FormerDatabase.Inventory, Token);

        await MigrateAsync(database);

        Assert.Equal(["10"], await database.ReadAsync("SELECT count(*) FROM \"__EFMigrationsHistory\"", Token));
    }

    [Fact]
    public async Task An_older_database_is_refused_with_what_to_do()
    {
        await using var database = await FormerDatabase.RestoreAsync(servers, FormerDatabase.Inventory, Token);
        await database.RunAsync("DELETE FROM \"__EFMigrationsHistory\" WHERE migration_id LIKE '%ConsumerGroupLastSeen'", Token);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => MigrateAsync(database));

        Assert.Contains("was migrated up to '20261128184000_HearsayTopics'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("start the version before it once", refused.Message, StringComparison.Ordinal);
    }

    private static async Task MigrateAsync(NpgsqlConnection database)
    {
        await using var services = new ServiceCollection()
            .AddDbContext<InventoryDbContext>(options => options.UseNpgsql(database.ConnectionString).UseSnakeCaseNamingConvention())
            .BuildServiceProvider();
        await new DatabaseMigration<InventoryDbContext>(
            services.GetRequiredService<IServiceScopeFactory>(),
            TimeProvider.System,
            NullLogger<DatabaseMigration<InventoryDbContext>>.Instance).StartAsync(Token);
    }
}
