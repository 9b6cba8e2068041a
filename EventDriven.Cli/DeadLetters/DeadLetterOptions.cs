using System.CommandLine;
using EventDriven.Messaging.DeadLetters;

namespace EventDriven.Cli.DeadLetters;

/// <summary>What says which dead letters are meant.</summary>
internal static class DeadLetterOptions
{
    public static Option<string?> Group { get; } = new("--group") { Description = "Consumer group, such as inventory.", Recursive = true };

    public static Option<string?> Key { get; } = new("--key") { Description = "Key, such as an order id." };

    public static Option<string?> EventType { get; } = new("--type") { Description = "Event type, such as eventdriven.orders.order-placed.v1." };

    public static Option<string?> Reason { get; } = new("--reason") { Description = "failed, unreadable, contradictory or behind, or the type of the exception." };

    public static Option<bool> Json { get; } = new("--json") { Description = "Writes JSON, for programs.", Recursive = true };

    public static Argument<long> Id { get; } = new("id") { Description = "Number that dead-letters list shows." };

    public static DeadLetterFilter Filter(ParseResult parsed) =>
        new(parsed.GetValue(Group), parsed.GetValue(Key), parsed.GetValue(EventType), parsed.GetValue(Reason));

    /// <summary>Makes a command that takes a number need its group: each database counts for itself.</summary>
    public static Command RequiresGroup(this Command command)
    {
        command.Validators.Add(result =>
        {
            if (result.GetValue(Group) is null)
            {
                result.AddError("Numbers count for each service by itself: add --group.");
            }
        });
        return command;
    }
}
