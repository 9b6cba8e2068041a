using System.CommandLine;
using System.Security.Cryptography;
using EventDriven.Cli.Programs;
using EventDriven.Cli.Roles;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Running;

/// <summary><c>run</c>: a new consumer joins an application that runs, of which nothing is restarted.</summary>
internal static class RunCommand
{
    private const int PasswordLength = 32;

    private static readonly Argument<string> Project = new("project") { Description = "The consumer's folder, such as Fraud.Worker." };

    private static readonly Option<int> Port = new("--port")
    {
        Description = "Port on which it answers. Default: a free one, which its log names.",
        HelpName = "number",
    };

    public static Command Create()
    {
        var command = new Command(
            "run",
            """
            Builds a consumer and runs it beside the local application, with its servers and a database of its own. Ctrl-C stops it.
            Example: run Fraud.Worker
            """)
        {
            Project, Port, JsonOutput.Option, StateFile.Option,
        };
        command.SetAction(RunAsync);
        return command.WritesLines<RunLine>();
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var consumer = ConsumerProject.Find(parsed.GetRequiredValue(Project));
        var state = StateFile.Read(parsed);
        if (state.GetValueOrDefault("postgres") is not { } postgres)
        {
            throw new OperationFailedException(
                $"No application runs here that {consumer.Name} could join. ./run.sh starts it, with every consumer.", ExitCode.Usage);
        }

        if (state.Keys.Any(consumer.IsAddressOfItself))
        {
            throw new OperationFailedException($"{consumer.Name} already runs, as a part of the application.", ExitCode.Usage);
        }

        await consumer.BuildAsync(parsed.IsJson(), cancellationToken);
        var role = new DatabaseRole(
            DatabaseRole.NameFor(consumer.Database), RandomNumberGenerator.GetHexString(PasswordLength), consumer.Database);
        await role.EnsureAsync(postgres, cancellationToken);
        var servers = new Dictionary<string, string>(state, StringComparer.Ordinal)
        {
            [consumer.Database] = role.ConnectionString(postgres),
        };

        // From now on the operator commands see its group too.
        StateFile.Write(parsed, servers);
        var environment = ServiceEnvironment.ToRun(servers, parsed.GetValue(Port));
        if (!parsed.IsJson())
        {
            return await consumer.RunAsync(environment, toErrorOutput: false, cancellationToken);
        }

        JsonOutput.WriteLine<RunLine>(new StartedConsumerJson(consumer.Name, consumer.Database));
        var exitCode = await consumer.RunAsync(environment, toErrorOutput: true, cancellationToken);
        JsonOutput.WriteLine<RunLine>(new EndedConsumerJson(consumer.Name, exitCode));
        return exitCode;
    }
}
