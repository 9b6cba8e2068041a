using EventDriven.Messaging.Storage.Outbox;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Tests.Messaging.Host;

internal static class TestDatabaseOptions
{
    public static DbContextOptions<TestDatabase> For(string connectionString)
    {
        var options = new DbContextOptionsBuilder<TestDatabase>().UseNpgsql(connectionString).UseSnakeCaseNamingConvention();
        OutboxModelExtension.AddTo(options);
        return options.Options;
    }
}
