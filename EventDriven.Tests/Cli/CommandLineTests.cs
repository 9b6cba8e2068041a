using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.Reference;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Tests.Cli;

/// <summary>What all commands have in common.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class CommandLineTests
{
    private const string Example = "Example: ";

    public static TheoryData<string> Commands => [.. Below(OperatorCommands.Create(Asked.Nobody), "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Each_has_an_example_that_is_understood(string path)
    {
        var root = OperatorCommands.Create(Asked.Nobody);
        var command = path.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(root, (parent, name) => parent.Subcommands.Single(child => child.Name == name));
        var example = command.Description!.Split(Example)[1..].LastOrDefault()
            ?? throw new InvalidOperationException($"'{path}' has no example.");

        Assert.StartsWith($"{OperatorCommands.Name} {path}", example, StringComparison.Ordinal);
        var parsed = root.Parse(CommandLineParser.SplitCommandLine(example).Skip(1).ToArray());
        Assert.Empty(parsed.Errors);
        Assert.NotNull(parsed.CommandResult.Command.Action);
    }

    /// <summary>What is shown can be typed, whatever the program's file is called.</summary>
    [Theory]
    [InlineData(ExitCode.Done, "--help")]
    [InlineData(ExitCode.Done, "dead-letters", "redrive", "--help")]
    [InlineData(ExitCode.Usage, "lag", "--no-such-option")]
    [InlineData(ExitCode.Usage)]
    public async Task Help_and_usage_errors_call_the_program_as_an_operator_does(int exitCode, params string[] args)
    {
        var (ended, errors) = (-1, "");
        var (_, said) = await Output.OfAsync(async () =>
        {
            (ended, errors) = await Output.OfErrorsAsync(() => CommandLine.RunAsync(
                OperatorCommands.Create(Asked.Nobody), args, TestContext.Current.CancellationToken));
            return ended;
        });
        said += errors.ReplaceLineEndings(" ");

        Assert.Equal(exitCode, ended);
        Assert.Contains(
            $"{OperatorCommands.Name} {string.Join(' ', args.TakeWhile(arg => arg[0] != '-'))}".TrimEnd(), said, StringComparison.Ordinal);
        Assert.DoesNotContain("EventDriven.Cli", said, StringComparison.Ordinal);
        Assert.DoesNotContain("EventDriven.Tests", said, StringComparison.Ordinal);
    }

    /// <summary>The parser reads values while it checks them, and threw what it could not read.</summary>
    [Theory]
    [InlineData("--limit", "dead-letters", "list", "--limit", "many")]
    [InlineData("--partition", "dead-letters", "list", "--topic", "orders.v1", "--partition", "first")]
    [InlineData("discard", "dead-letters", "discard", "seven", "--group", "inventory")]
    [InlineData("--minutes", "token", "--scope", "ops:read", "--minutes", "long")]
    [InlineData("--offsets", "dead-letters", "list", "--topic", "orders.v1", "--offsets", "all")]
    [InlineData("@/", "status", "@/")]
    public async Task A_value_that_cannot_be_read_is_a_usage_error_that_names_it(string named, params string[] args)
    {
        var (exitCode, errors) = await Output.OfErrorsAsync(
            () => CommandLine.RunAsync(OperatorCommands.Create(Asked.Nobody), args, TestContext.Current.CancellationToken));

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains(named, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    /// <summary>What is said of a value does not name a type of .NET, and says what to write.</summary>
    [Theory]
    [InlineData("--limit takes a whole number up to 2147483647, not 'many'.", "outbox", "list", "--limit", "many")]
    [InlineData("--partition takes a whole number up to 2147483647, not 'first'.",
        "dead-letters", "list", "--topic", "orders.v1", "--partition", "first")]
    [InlineData("<id> takes a whole number, not 'seven'.", "dead-letters", "discard", "seven", "--group", "inventory")]
    [InlineData("<id> takes a whole number, not 'seven'.", "dead-letters", "show", "seven", "--group", "inventory")]
    [InlineData("<order> takes an id, such as 0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d, not 'x'.", "journey", "x")]
    [InlineData("--customer takes an id, such as 0199aa3c-5d0e-7a43-9c3c-2f1d6a7b8c9d, not 'ada'.", "token", "--customer", "ada")]
    [InlineData("--max-seconds takes a number, such as 1.5, not 'soon'.", "lag", "--max-seconds", "soon")]
    [InlineData("--timeout takes a number, such as 1.5, not 'late'.",
        "dead-letters", "redrive", "--all-groups", "--timeout", "late", "--yes", "--because", "a test")]
    [InlineData("--replication-factor takes a whole number from -32768 to 32767, not '99999'.",
        "topics", "apply", "--replication-factor", "99999")]
    [InlineData("--for takes a duration, such as 90s, 15m, 2h or 1d, not 'ever'.", "pause", "--group", "inventory", "--for", "ever")]
    [InlineData("Did you mean --group?", "lag", "--grup", "inventory")]
    [InlineData("Did you mean dead-letters?", "deadletters")]
    public async Task What_cannot_be_read_is_told_with_what_to_write_instead(string message, params string[] args)
    {
        var (exitCode, errors) = await Output.OfErrorsAsync(
            () => CommandLine.RunAsync(OperatorCommands.Create(Asked.Nobody), args, TestContext.Current.CancellationToken));

        Assert.Equal(ExitCode.Usage, exitCode);
        errors = errors.ReplaceLineEndings(" ");
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", errors, StringComparison.Ordinal);

        var (_, error) = await Output.OfErrorsAsync(() => CommandLine.RunAsync(
            OperatorCommands.Create(Asked.Nobody), [.. args, "--json"], TestContext.Current.CancellationToken));
        var json = JsonSerializer.Deserialize<ErrorJson>(error, JsonOutput.Indented);
        Assert.Equal(ExitCode.Usage, json?.ExitCode);
        Assert.DoesNotContain("System.", json?.Error, StringComparison.Ordinal);
    }

    /// <summary>Every option and argument that takes more than text has words for what it takes.</summary>
    [Fact]
    public void Each_type_of_a_value_has_words_of_its_own()
    {
        var root = OperatorCommands.Create(Asked.Nobody);
        foreach (var (path, command) in CommandReference.Commands(root))
        {
            foreach (var option in command.Options.Where(
                option => option is not (HelpOption or VersionOption) && option.ValueType != typeof(bool)))
            {
                var parsed = root.Parse([.. path.Split(' '), option.Name, "\u0001?"]);
                Assert.DoesNotContain(
                    parsed.Errors.Select(ParseErrors.Describe), said => said.Contains("takes another value", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("outbox", "list")]
    [InlineData("dead-letters", "redrive", "--all", "--yes", "--because", "a test")]
    public async Task One_that_is_stopped_says_so_and_is_exit_code_130(params string[] args)
    {
        var state = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                state, """{ "notesdb": "Host=127.0.0.1;Port=1;Username=u;Database=d" }""", TestContext.Current.CancellationToken);
            var stopped = new CancellationToken(canceled: true);
            Assert.Equal(
                ExitCode.Stopped, await CommandLine.RunAsync(OperatorCommands.Create(Asked.Nobody), [.. args, "--state", state], stopped));
        }
        finally
        {
            File.Delete(state);
        }
    }

    [Fact]
    public async Task What_nobody_foresaw_is_said_with_where_it_came_from_and_is_exit_code_1()
    {
        var command = new RootCommand();
        command.SetAction((_, _) => Task.FromException<int>(new InvalidDataException("unforeseen")));

        var (exitCode, errors) = await Output.OfErrorsAsync(
            () => CommandLine.RunAsync(command, [], TestContext.Current.CancellationToken));

        Assert.Equal(ExitCode.Refused, exitCode);
        Assert.Contains("InvalidDataException: unforeseen", errors, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Below(Command command, string path) =>
        command.Subcommands.SelectMany(child => Below(child, $"{path} {child.Name}".Trim())).Prepend(path);
}
