using Microsoft.EntityFrameworkCore;

namespace EventDriven.Tests.Messaging.Testing;

internal sealed class TestDatabase(DbContextOptions<TestDatabase> options) : DbContext(options)
{
    public DbSet<TestOrder> Orders => Set<TestOrder>();

    /// <summary>An empty one in memory.</summary>
    public static TestDatabase New() =>
        new(new DbContextOptionsBuilder<TestDatabase>().UseInMemoryDatabase(Guid.CreateVersion7(TimeProvider.System.GetUtcNow())
            .ToString()).Options);
}
