using System.CommandLine;
using EventDriven.Cli.Topics;
using EventDriven.Messaging.Operations.Access;
using EventDriven.Messaging.Operations.Programs;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Acls;

/// <summary>Asks the services' programs what they do with Kafka. They need no server for it.</summary>
internal static class DeclaredPrincipals
{
    private const string Nowhere = "localhost:1";
    private const string Receipts = "Messaging__Receipts__Enabled";

    /// <summary>Overrides the programs.</summary>
    public static Option<string[]> Programs { get; } = new("--program")
    {
        Description = "A service's program, such as path/to/Analytics.Worker.dll. May be repeated. Default: all that are built beside this "
            + "command.",
        HelpName = "file",
    };

    /// <summary>What each service and the operator need.</summary>
    /// <exception cref="OperationFailedException">
    /// A program doesn't exist or doesn't answer, what is declared can't be read, or a principal is of no service.
    /// </exception>
    public static async Task<IReadOnlyList<PrincipalAccess>> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var named = ServicePrincipals.Read(parsed.GetValue(ServicePrincipals.Option) ?? []);
        var declared = CommandLineAccess.IsGiven(parsed.CommandResult)
            ? CommandLineAccess.Read(parsed)
            : await AskAsync(
                parsed.GetValue(Programs) is { Length: > 0 } given ? Given(given) : ServiceProgram.All(), named.Keys, cancellationToken);
        RefuseUnknown(named.Keys, declared.Keys);
        return
        [
            .. declared.Select(service => PrincipalAccess.OfService(named.Of(service.Key), service.Value)),
            PrincipalAccess.OfOperator(
                named.Of(ServicePrincipals.Operator), declared.Values, [.. TopicsCommand.Declared.Select(topic => topic.Name)]),
        ];
    }

    private static void RefuseUnknown(IEnumerable<string> named, IEnumerable<string> services)
    {
        if (named.Except([ServicePrincipals.Operator, .. services]).FirstOrDefault() is { } unknown)
        {
            throw new OperationFailedException(
                $"--principal names '{unknown}', but the services are {string.Join(", ", services.Order(StringComparer.Ordinal))}.",
                ExitCode.Usage);
        }
    }

    private static async Task<SortedDictionary<string, DeclaredAccess>> AskAsync(
        IReadOnlyDictionary<string, string> programs, IEnumerable<string> named, CancellationToken cancellationToken)
    {
        // Before they are all asked, which takes seconds.
        RefuseUnknown(named, programs.Keys);
        var declared = new SortedDictionary<string, DeclaredAccess>(StringComparer.Ordinal);
        foreach (var (service, program) in programs)
        {
            declared[service] = await ReadAsync(service, program, cancellationToken);
        }

        return declared;
    }

    private static Dictionary<string, string> Given(IEnumerable<string> programs)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var program in programs)
        {
            if (!File.Exists(program))
            {
                throw new OperationFailedException(
                    $"The program {program} does not exist. Build it, or name another one with --program.", ExitCode.Usage);
            }

            var service = ServiceProgram.ServiceOf(Path.GetFileName(program));
            if (!given.TryAdd(service, Path.GetFullPath(program)))
            {
                throw new OperationFailedException(
                    $"Two programs are of the service '{service}', by the first part of their names: name one at a time.", ExitCode.Usage);
            }
        }

        return given;
    }

    private static async Task<DeclaredAccess> ReadAsync(string service, string program, CancellationToken cancellationToken)
    {
        // The programs require addresses, but this task never uses them.
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Logging__LogLevel__Default"] = "Warning",
            [KafkaConnection.Variable] = Nowhere,
            ["ConnectionStrings__redis"] = Nowhere,
        };
        if (Environment.GetEnvironmentVariable(Receipts) is null)
        {
            // As the AppHost runs them.
            environment[Receipts] = "true";
        }

        var (said, _) = await ServiceRun.RunAsync(program, [TaskNames.Access], environment, _ => { }, cancellationToken);
        return said as DeclaredAccess
            ?? throw new OperationFailedException(
                $"{Path.GetFileName(program)} did not say what '{service}' does with Kafka. Is it the program of this version?",
                ExitCode.Refused);
    }
}
