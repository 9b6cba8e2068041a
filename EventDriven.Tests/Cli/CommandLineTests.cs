using System.CommandLine;
using System.CommandLine.Parsing;
using EventDriven.Cli;
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
        using var output = new StringWriter();
        using var error = new StringWriter();
        var parsed = OperatorCommands.Create(Asked.Nobody).Parse(args);
        var ended = await parsed.InvokeAsync(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error },
            TestContext.Current.CancellationToken);

        Assert.Equal(exitCode, parsed.Errors.Count > 0 ? ExitCode.Usage : ended);
        var said = output.ToString() + error;
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

    [Theory]
    [InlineData("outbox", "list")]
    [InlineData("dead-letters", "redrive", "--all", "--yes")]
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
