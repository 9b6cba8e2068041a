using Newcomer.Namespace.Worker.Database;
using Microsoft.EntityFrameworkCore;

namespace Newcomer.Namespace.Worker.Tests;

public sealed class MigrationTests
{
    [Fact]
    public async Task The_migrations_make_the_tables_of_the_model()
    {
        // No server is asked.
        await using var database = new ArrivalDbContext(new DbContextOptionsBuilder<ArrivalDbContext>()
            .UseNpgsql("Host=nowhere").UseSnakeCaseNamingConvention().Options);

        Assert.False(database.Database.HasPendingModelChanges());
    }
}
