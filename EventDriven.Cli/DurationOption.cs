using System.CommandLine;
using System.Globalization;

namespace EventDriven.Cli;

/// <summary>An option that takes a duration.</summary>
internal static class DurationOption
{
    /// <summary>The forms that it accepts, for a message.</summary>
    public const string Forms = "such as 90s, 15m, 2h or 1d";

    public static Option<TimeSpan> Create(string name, string description, TimeSpan byDefault) => new(name)
    {
        Description = description,
        HelpName = "duration",
        DefaultValueFactory = _ => byDefault,
        CustomParser = result =>
        {
            if (!TryParse(result.Tokens[0].Value, out var duration))
            {
                result.AddError($"{name} takes a duration, {Forms}, not '{result.Tokens[0].Value}'.");
            }

            return duration;
        },
    };

    /// <summary>Reads a duration; see <see cref="Forms"/>.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length < 2
            || !double.TryParse(text.AsSpan()[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number > TimeSpan.MaxValue.TotalDays / 2)
        {
            return false;
        }

        TimeSpan? read = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
        duration = read.GetValueOrDefault();
        return read is not null;
    }
}
