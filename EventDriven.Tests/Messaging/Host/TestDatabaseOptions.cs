using Microsoft.EntityFrameworkCore;

namespace EventDriven.Tests.Messaging.Host;

internal static class TestDatabaseOptions
{
    public static DbContextOptions<TestDatabase> For(string connectionString) =>
        new DbContextOptionsBuilder<TestDatabase>().UseNpgsql(connectionString).UseSnakeCaseNamingConvention().Options;
}
