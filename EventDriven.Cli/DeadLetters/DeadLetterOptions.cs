using System.CommandLine;
using System.CommandLine.Parsing;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.Cli.DeadLetters;

/// <summary>Options that select dead letters.</summary>
internal static class DeadLetterOptions
{
    public static Option<string?> Group { get; } = new("--group") { Description = "Consumer group, such as inventory.", Recursive = true };

    public static Option<bool> AllGroups { get; } = new("--all-groups") { Description = "All groups, instead of --group." };

    public static Option<string?> Key { get; } = new("--key") { Description = "Key, such as an order id." };

    public static Option<string?> EventType { get; } = new("--type")
    {
        Description = "Event type, such as eventdriven.orders.order-placed.v1.",
    };

    public static Option<string?> Reason { get; } = new("--reason")
    {
        Description = "failed, unreadable, contradictory or behind (blocked), or the type of the exception.",
    };

    public static Option<string?> Topic { get; } = new("--topic") { Description = "Topic, such as orders.v1." };

    public static Option<int?> Partition { get; } = new("--partition") { Description = "Partition of --topic." };

    public static Option<OffsetRange?> Offsets { get; } = new("--offsets")
    {
        Description = $"Offsets in --topic: {OffsetRange.Forms}. Without --partition, in every partition.",
        HelpName = "from..to",
        CustomParser = result =>
        {
            if (!OffsetRange.TryParse(result.Tokens[0].Value, out var range))
            {
                result.AddError($"--offsets takes {OffsetRange.Forms}, not '{result.Tokens[0].Value}'.");
            }

            return range;
        },
    };

    public static Option<DateTimeOffset?> OlderThan { get; } = new("--older-than")
    {
        Description = "Failed, or was parked behind another one, longer ago (90s, 15m, 2h, 7d) or before a time (2026-11-23T10:00:00Z). "
            + "A redrive takes a key whose oldest dead letter did.",
        HelpName = "age",
        CustomParser = result =>
        {
            if (LogPosition.TryParse(result.Tokens[0].Value, Now(), out var position) && position.Time is { } time)
            {
                return time;
            }

            result.AddError(
                $"--older-than takes an age (90s, 15m, 2h, 7d) or a time (2026-11-23T10:00:00Z), not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    public static Argument<long> Id { get; } = new("id") { Description = "Number that dead-letters list shows." };

    public static DeadLetterFilter Filter(ParseResult parsed) =>
        new(parsed.GetValue(Group), parsed.GetValue(Key), parsed.GetValue(EventType), parsed.GetValue(Reason))
        {
            Topic = parsed.GetValue(Topic),
            Partition = parsed.GetValue(Partition),
            FromOffset = parsed.GetValue(Offsets)?.From,
            ToOffset = parsed.GetValue(Offsets)?.To,
            FailedBefore = parsed.GetValue(OlderThan),
        };

    /// <summary>Adds the options of a filter to a command, besides the group.</summary>
    public static Command TakesFilter(this Command command)
    {
        foreach (var option in (Option[])[Key, EventType, Reason, Topic, Partition, Offsets, OlderThan])
        {
            command.Options.Add(option);
        }

        command.Validators.AddCheck(result =>
        {
            if (result.GetValue(Topic) is null && (result.GetResult(Offsets) is not null || result.GetValue(Partition) is not null))
            {
                result.AddError("Partitions and offsets belong to a topic: add --topic.");
            }
        });
        return command;
    }

    /// <summary>Whether a filter is given that selects less than a whole group.</summary>
    public static bool HasFilter(this CommandResult result) =>
        result.GetValue(Key) is not null
        || result.GetValue(EventType) is not null
        || result.GetValue(Reason) is not null
        || result.GetValue(Topic) is not null
        || result.GetValue(OlderThan) is not null;

    /// <summary>Requires a group for a command that takes a number, because each database counts for itself.</summary>
    public static Command RequiresGroup(this Command command)
    {
        command.Validators.AddCheck(result => RequireGroup(result));
        return command;
    }

    /// <summary>Requires a group for a number.</summary>
    public static void RequireGroup(CommandResult result)
    {
        if (result.GetValue(Group) is null)
        {
            result.AddError("Each service counts its dead letters for itself: add --group.");
        }
    }

    /// <summary>Requires one group or all of them, because a forgotten option must not select everything.</summary>
    /// <returns>False when neither or both are given.</returns>
    public static bool RequireScope(CommandResult result)
    {
        var (one, all) = (result.GetValue(Group) is not null, result.GetValue(AllGroups));
        if (one == all)
        {
            result.AddError(all
                ? "--group selects one group and --all-groups all. Leave one of them out."
                : "Select a group: --group inventory, or --all-groups.");
        }

        return one != all;
    }

    // In whole seconds, so that the audit trail has a time that people read.
    private static DateTimeOffset Now() => DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
}
