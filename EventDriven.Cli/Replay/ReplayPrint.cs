using System.Globalization;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Plans;
using EventDriven.Messaging.Operations.Replay;
using Spectre.Console;

namespace EventDriven.Cli.Replay;

/// <summary>Prints the plan and the result of a replay for a person or as JSON.</summary>
internal static class ReplayPrint
{
    public static void Plan(ReplayPlan replay, bool asJson, TableRoom room)
    {
        if (asJson)
        {
            JsonOutput.WriteLine<ReplayLine>(
                new PlannedReplayJson(replay.Group, replay.Events, [.. replay.Partitions.Select(Describe)]));
            return;
        }

        var plan = replay.Partitions;
        if (plan.Count == 0)
        {
            AnsiConsole.MarkupLine("Nothing to replay: the group has read no event after that position.");
            return;
        }

        var table = new FittedTable(
            room,
            new Column("Topic"),
            new Column("Partition", ColumnKind.Number),
            new Column("From", ColumnKind.Number, Importance: 2),
            new Column("Until", ColumnKind.Number, Importance: 3),
            new Column("Position", ColumnKind.Number, Importance: 1),
            new Column("Events", ColumnKind.Number));
        foreach (var partition in plan)
        {
            table.Add(
                partition.Topic,
                Number(partition.Partition),
                Number(partition.From),
                Number(partition.Until),
                Number(partition.Position),
                Number(partition.Events));
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Prints the result.</summary>
    public static void Done(ReplayPlan plan, bool asJson)
    {
        if (asJson)
        {
            JsonOutput.WriteLine<ReplayLine>(new FinishedReplayJson(plan.Group, plan.Events));
        }
        else
        {
            AnsiConsole.WriteLine(
                $"{Number(plan.Events)} event(s) were delivered to {plan.Group} again. Events in its inbox had no effect.");
        }
    }

    private static ReplayPartitionJson Describe(ReplayPartition partition) => new(
        partition.Topic, partition.Partition, partition.From, partition.Until, partition.Position, partition.Events);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
