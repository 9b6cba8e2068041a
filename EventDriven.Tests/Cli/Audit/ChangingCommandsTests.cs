using System.CommandLine;
using EventDriven.Cli;
using EventDriven.Cli.Audit;

namespace EventDriven.Tests.Cli.Audit;

/// <summary>Each command changes something and records it, or is known to change nothing.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ChangingCommandsTests
{
    private static readonly string[] Changing =
    [
        "acls apply", "databases apply", "dead-letters discard", "dead-letters redrive", "forget", "pause", "rebuild", "replay", "resume",
        "topics apply",
    ];

    // They change no server, or files under version control alone, or the database of a consumer that a developer tries (run).
    private static readonly string[] Reading =
    [
        "acls show", "audit", "audit script", "audit verify", "contracts add", "contracts asyncapi", "contracts check",
        "contracts diff", "contracts new-major", "contracts page", "contracts release", "contracts usage", "dead-letters list",
        "dead-letters show", "journey", "lag", "outbox list", "reconcile", "reference", "rehearse", "run", "status", "token", "topics list",
    ];

    // Options whose values are recorded as they are: none of them takes a secret. --kafka may, and is recorded without it.
    private static readonly string[] Recorded =
    [
        "--all", "--all-groups", "--allow-effects", "--allow-loss", "--because", "--for", "--from", "--group", "--help", "--json",
        "--kafka", "--key", "--offsets", "--older-than", "--partition", "--principal", "--program", "--prune", "--reads",
        "--reason", "--replication-factor", "--service", "--state", "--timeout", "--topic", "--type", "--until", "--wait", "--wide",
        "--writes", "--yes",
    ];

    private static IReadOnlyList<(string Path, Command Command)> All =>
        [.. Below(OperatorCommands.Create(Asked.Nobody), "").Where(found => found.Path.Length > 0 && found.Command.Action is not null)];

    [Fact]
    public void A_new_command_is_one_or_the_other() => Assert.Equal(
        Changing.Concat(Reading).Order(StringComparer.Ordinal), All.Select(found => found.Path).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_that_changes_something_takes_a_reason_and_no_other_does() => Assert.Equal(
        Changing.Order(StringComparer.Ordinal),
        All.Where(found => found.Command.Options.Contains(BecauseOption.Option) && found.Command.Options.Contains(Confirmation.Yes))
            .Select(found => found.Path).Order(StringComparer.Ordinal));

    [Fact]
    public void No_other_asks_before_it_changes_something() => Assert.DoesNotContain(
        All, found => found.Command.Options.Contains(Confirmation.Yes) != found.Command.Options.Contains(BecauseOption.Option));

    [Fact]
    public void A_new_option_of_one_that_changes_something_is_known_to_hold_no_secret() => Assert.Empty(
        All.Where(found => Changing.Contains(found.Path))
            .SelectMany(found => Options(found.Command))
            .Select(option => option.Name)
            .Except(Recorded));

    private static IEnumerable<(string Path, Command Command)> Below(Command command, string path) =>
        command.Subcommands.SelectMany(child => Below(child, $"{path} {child.Name}".Trim())).Prepend((path, command));

    private static IEnumerable<Option> Options(Command command) => command.Options.Concat(
        command.Parents.OfType<Command>().SelectMany(Options).Where(option => option.Recursive));
}
