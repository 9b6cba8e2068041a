using EventDriven.ControlRoom.Replay.Rehearsal;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Tests.ControlRoom.Replay;

/// <summary>What a rehearsal tells, beside the rows that are there.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class RehearsalDiffTests
{
    [Fact]
    public void Rows_after_are_those_before_with_new_ones_and_without_deleted_ones()
    {
        var diff = RehearsalDiff.Of(
            Result(new() { ["stock"] = new RowChanges(0, 7, 0), ["reservations"] = new RowChanges(5, 1, 2) }),
            new Dictionary<string, TableCount>(StringComparer.Ordinal)
            {
                ["reservations"] = new(100, IsExact: true),
                ["stock"] = new(40, IsExact: false),
            });

        Assert.Equal(
            [new TableDiff("reservations", 100, 103, 5, 1, 2), new TableDiff("stock", 40, 40, 0, 7, 0) { IsEstimate = true }], diff.Tables);
        Assert.False(diff.IsEmpty);
    }

    [Fact]
    public void A_table_that_was_not_counted_shows_its_changes()
    {
        var diff = RehearsalDiff.Of(
            Result(new() { ["stock"] = new RowChanges(0, 7, 0) }), new Dictionary<string, TableCount>(StringComparer.Ordinal));

        Assert.Equal([new TableDiff("stock", null, null, 0, 7, 0)], diff.Tables);
    }

    [Fact]
    public void Nothing_changed_published_sent_or_failed_is_said_to_be_nothing()
    {
        Assert.True(RehearsalDiff.Of(Result([]), new Dictionary<string, TableCount>(StringComparer.Ordinal)).IsEmpty);
        Assert.False(RehearsalDiff.Of(
            Result([]) with { Sent = new Dictionary<string, long>(StringComparer.Ordinal) { ["mail"] = 1 } },
            new Dictionary<string, TableCount>(StringComparer.Ordinal)).IsEmpty);
    }

    internal static RehearsalResult Result(Dictionary<string, RowChanges> rows) => new(
        "inventory", 10, 1, 0, 4, 5, rows, new Dictionary<string, long>(StringComparer.Ordinal),
        new Dictionary<string, long>(StringComparer.Ordinal), [], 0.5);
}
