using EventDriven.Messaging.Storage.Outbox;
using EventDriven.Tests.Messaging.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace EventDriven.Tests.Messaging.Schema;

/// <summary>A service's context knows the outbox without a line of its own, and its migrations don't.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class OutboxModelTests
{
    public static TheoryData<bool> SnakeCase => [true, false];

    [Theory]
    [MemberData(nameof(SnakeCase))]
    public void The_table_and_its_columns_are_those_that_the_library_installs(bool snakeCase)
    {
        using var database = Create(snakeCase);

        var table = Assert.Single(
            database.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables, table => table.Schema is not null);

        Assert.Equal("messaging.outbox", $"{table.Schema}.{table.Name}");
        Assert.Equal(
            [
                "bucket", "causation_id", "correlation_id", "data", "event_id", "key", "sequence", "time", "topic", "trace_parent",
                "trace_state", "type",
            ],
            table.Columns.Select(column => column.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(SnakeCase))]
    public void The_services_own_scripts_do_not_make_it(bool snakeCase)
    {
        using var database = Create(snakeCase);

        var script = database.Database.GenerateCreateScript();

        Assert.Contains(snakeCase ? "effects" : "Effects", script, StringComparison.Ordinal);
        Assert.DoesNotContain("outbox", script, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("messaging", script, StringComparison.OrdinalIgnoreCase);
    }

    private static TestDatabase Create(bool snakeCase)
    {
        var options = new DbContextOptionsBuilder<TestDatabase>().UseNpgsql("Host=nowhere");
        if (snakeCase)
        {
            options.UseSnakeCaseNamingConvention();
        }

        OutboxModelExtension.AddTo(options);
        return new TestDatabase(options.Options);
    }
}
