using EventDriven.Messaging.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Benchmarks.Service;

/// <summary>The database of a service that has messaging's tables and one table for its effects.</summary>
internal sealed class SalesDatabase(DbContextOptions<SalesDatabase> options) : DbContext(options)
{
    public static async Task CreateAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var database = new SalesDatabase(Configure(new DbContextOptionsBuilder<SalesDatabase>(), connectionString).Options);
        await database.Database.EnsureCreatedAsync(cancellationToken);
        await MessagingSchema.InstallAsync(database, cancellationToken);
    }

    public static TBuilder Configure<TBuilder>(TBuilder builder, string connectionString)
        where TBuilder : DbContextOptionsBuilder
    {
        builder.UseNpgsql(connectionString).UseSnakeCaseNamingConvention();
        return builder;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<Sale>().ToTable("sales").HasKey(sale => sale.Id);
}
