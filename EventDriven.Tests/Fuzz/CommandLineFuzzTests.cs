using System.CommandLine;
using System.CommandLine.Parsing;
using EventDriven.Cli;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Cli;

namespace EventDriven.Tests.Fuzz;

/// <summary>A command line is understood or refused with a message, and never a defect of the command.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class CommandLineFuzzTests
{
    private const string Line = "dead-letters list --group 'inventory' --offsets \"1..2\"";

    private const string State =
        """
        {"services__checkout__http__0":"http://localhost:5101","services__analytics__http__1":"http://[::1]:1","a":"b"}
        """;

    private static readonly string[] Values =
    [
        "inventory", "0190a1b2-0000-7000-8000-0000000000aa", "orders.v1", "120..180", "7d", "2026-11-23T10:00:00Z", "offset:120", "50",
        "full", "checkout=User:checkout", "ops:read", "kafka:9092", ".local/state.json", "contracts/a.json", "failed", "@file", "--",
    ];

    private static readonly Command Root = OperatorCommands.Create(Asked.Nobody);
    private static readonly Command[] Commands = [.. WithChildren(Root)];

    [Fact]
    public Task A_command_line_is_understood_or_refused() => FuzzRun.RunAsync(8_000, fuzz =>
    {
        var args = Arguments(fuzz);
        fuzz.Says(string.Join(' ', args.Select(arg => $"[{arg}]")));
        var parsed = Root.Parse(args, CommandLine.Parsing);
        if (parsed.Errors.Count > 0)
        {
            Assert.All(parsed.Errors, error => Assert.NotEmpty(error.Message));
            using var said = new StringWriter();
            parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = said, Error = said });
            Assert.DoesNotContain("   at ", said.ToString(), StringComparison.Ordinal);
            return;
        }

        if (parsed.Action != parsed.CommandResult.Command.Action)
        {
            // Help and version need no values.
            return;
        }

        // As a command's action asks for them.
        foreach (var child in parsed.CommandResult.Children)
        {
            _ = child switch
            {
                OptionResult option => option.GetValueOrDefault<object>(),
                ArgumentResult argument => argument.GetValueOrDefault<object>(),
                _ => null,
            };
        }
    });

    [Fact]
    public Task A_line_of_text_is_split() => FuzzRun.RunAsync(
        1_000,
        fuzz => _ = Root.Parse(CommandLineParser.SplitCommandLine(fuzz.Says(fuzz.Text(Line))).ToArray(), CommandLine.Parsing));

    [Fact]
    public async Task A_state_file_is_read_or_refused()
    {
        var file = Path.GetTempFileName();
        try
        {
            var parsed = Root.Parse(["status", "--state", file]);
            await FuzzRun.RunAsync(1_000, fuzz =>
            {
                File.WriteAllBytes(file, fuzz.Says(fuzz.Json(State)));
                try
                {
                    _ = ServiceAddresses.All(parsed);
                    _ = ServiceAddresses.Find(parsed, "checkout", "ops:read");
                }
                catch (OperationFailedException exception)
                {
                    Assert.NotEmpty(exception.Message);
                }
            });
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IEnumerable<Command> WithChildren(Command command) => command.Subcommands.SelectMany(WithChildren).Prepend(command);

    private static string[] Arguments(FuzzCase fuzz)
    {
        var command = fuzz.Pick(Commands);
        var options = Upwards(command).SelectMany(parent => parent.Options).ToList();
        var args = Upwards(command).Reverse().Skip(1).Select(parent => parent.Name).ToList();
        for (var more = fuzz.Random.Next(7); more > 0; more--)
        {
            var value = fuzz.Chance(40) ? fuzz.Pick(Values) : fuzz.Text(fuzz.Pick(Values));
            args.AddRange(fuzz.Random.Next(4) switch
            {
                0 => [value],
                1 => [$"{fuzz.Pick(options).Name}{fuzz.Pick(["=", ":"])}{value}"],
                2 => [fuzz.Chance(80) ? fuzz.Pick(options).Name : fuzz.Text(fuzz.Pick(options).Name)],
                _ => new[] { fuzz.Pick(options).Name, value },
            });
        }

        // No argument of a process can have a NUL.
        return [.. args.Select(arg => arg.Replace("\0", "", StringComparison.Ordinal))];
    }

    private static IEnumerable<Command> Upwards(Command command)
    {
        for (Command? at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            yield return at;
        }
    }
}
