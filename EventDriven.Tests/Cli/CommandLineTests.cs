using System.CommandLine;
using System.CommandLine.Parsing;
using EventDriven.Cli;
using EventDriven.Messaging.Tasks;

namespace EventDriven.Tests.Cli;

/// <summary>What all commands have in common.</summary>
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
            .Aggregate((Command)root, (parent, name) => parent.Subcommands.Single(child => child.Name == name));
        var example = command.Description!.Split(Example)[1..].LastOrDefault() ?? throw new InvalidOperationException($"'{path}' has no example.");

        Assert.StartsWith(path, example, StringComparison.Ordinal);
        var parsed = root.Parse(CommandLineParser.SplitCommandLine(example).ToArray());
        Assert.Empty(parsed.Errors);
        Assert.NotNull(parsed.CommandResult.Command.Action);
    }

    [Theory]
    [InlineData("outbox", "list")]
    [InlineData("dead-letters", "redrive", "--all", "--yes")]
    public async Task One_that_is_stopped_says_so_and_is_exit_code_130(params string[] args)
    {
        var state = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(state, """{ "notesdb": "Host=127.0.0.1;Port=1;Username=u;Database=d" }""", TestContext.Current.CancellationToken);
            var stopped = new CancellationToken(canceled: true);
            Assert.Equal(ExitCode.Stopped, await CommandLine.RunAsync(OperatorCommands.Create(Asked.Nobody), [.. args, "--state", state], stopped));
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
        var error = Console.Error;
        using var said = new StringWriter();
        Console.SetError(said);
        try
        {
            Assert.Equal(ExitCode.Refused, await CommandLine.RunAsync(command, [], TestContext.Current.CancellationToken));
        }
        finally
        {
            Console.SetError(error);
        }

        Assert.Contains("InvalidDataException: unforeseen", said.ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Below(Command command, string path) =>
        command.Subcommands.SelectMany(child => Below(child, $"{path} {child.Name}".Trim())).Prepend(path);
}
