using System.Globalization;
using EventDriven.Messaging;

namespace EventDriven.Tests.Packages;

/// <summary>docs/library/configuration.md says what the code does.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ConfigurationPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "library", "configuration.md"));

    [Fact]
    public void It_lists_every_option_with_its_default()
    {
        var missing = Rows("", new MessagingOptions()).Where(row => !Page.Contains(row, StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    [Fact]
    public void It_lists_no_option_that_there_is_not()
    {
        var options = Rows("", new MessagingOptions()).ToHashSet(StringComparer.Ordinal);
        var listed = Page.Split('\n')
            .SkipWhile(line => line != "## Outbox")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal));

        Assert.DoesNotContain(listed, line => !options.Any(row => line.StartsWith(row, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Rows(string section, object options)
    {
        foreach (var property in options.GetType().GetProperties().Where(property => property.CanWrite))
        {
            var value = property.GetValue(options);
            var name = section + property.Name;
            foreach (var row in IsSection(value) ? Rows(name + ":", value!) : [$"| `{name}` | {Text(value)} |"])
            {
                yield return row;
            }
        }
    }

    private static bool IsSection(object? value) => value is not null && value.GetType().Namespace == typeof(MessagingOptions).Namespace;

    private static string Text(object? value) => value switch
    {
        null => "none",
        bool flag => flag ? "`true`" : "`false`",
        TimeSpan time => $"`{time.ToString(time.Milliseconds == 0 ? "c" : @"hh\:mm\:ss\.FFF", CultureInfo.InvariantCulture)}`",
        _ => string.Create(CultureInfo.InvariantCulture, $"`{value}`"),
    };
}
