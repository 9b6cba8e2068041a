using EventDriven.ServiceDefaults.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Http;

[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ServiceConsoleFormatterTests
{
    private readonly ServiceConsoleFormatter _formatter = new(
        new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void A_terminal_obeys_nothing_of_a_line()
    {
        var scopes = new LoggerExternalScopeProvider();
        using var scope = scopes.Push("in \u001b[31mred");

        var line = Write("clear\u001b[2J\r\nand \u202eturn\u009b", new InvalidOperationException("\u0007bell"), scopes);

        Assert.DoesNotContain(line.TrimEnd('\n'), character => char.IsControl(character) || character == '\u202e');
        Assert.StartsWith("12:00:00.000 warn: Some.Category[7] => in \\u001b[31mred clear\\u001b[2J  and "
            + "\\u202eturn\\u009b ", line, StringComparison.Ordinal);
        Assert.Contains("\\u0007bell", line, StringComparison.Ordinal);
        Assert.EndsWith("\n", line, StringComparison.Ordinal);
    }

    private string Write(string message, Exception exception, IExternalScopeProvider scopes)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var entry = new LogEntry<string>(LogLevel.Warning, "Some.Category", new EventId(7), message, exception, (state, _) => state);
        _formatter.Write(entry, scopes, output);
        return output.ToString();
    }
}
