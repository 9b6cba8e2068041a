using System.CommandLine;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.Cli;

/// <summary>An option that takes a position on the log.</summary>
internal static class PositionOption
{
    public static Option<LogPosition?> Create(string name, string description, bool required = false) => new(name)
    {
        Description = description,
        Required = required,
        HelpName = "position",
        CustomParser = result =>
        {
            if (!LogPosition.TryParse(result.Tokens[0].Value, TimeProvider.System.GetUtcNow(), out var position))
            {
                result.AddError($"{name} takes {LogPosition.Forms}, not '{result.Tokens[0].Value}'.");
            }

            return position;
        },
    };
}
