using EventDriven.Messaging.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Tests.Messaging.Host;

/// <summary>The database of a service that only notes what it is told.</summary>
internal sealed class TestDatabase(DbContextOptions<TestDatabase> options) : DbContext(options)
{
    public DbContextOptions<TestDatabase> Options { get; } = options;

    public DbSet<Effect> Effects => Set<Effect>();

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await Database.EnsureCreatedAsync(cancellationToken);
        await MessagingSchema.InstallAsync(this, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Effect>().HasKey(e => e.Id);
}
