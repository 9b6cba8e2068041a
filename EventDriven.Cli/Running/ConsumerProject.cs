using System.Diagnostics;
using EventDriven.Cli.Audit.Trail;
using EventDriven.Messaging.Operations.Programs;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Running;

/// <summary>A consumer's project, in a folder of its own with its name.</summary>
internal sealed class ConsumerProject
{
    private const string Suffix = ".Worker";

    // Ctrl+C reaches the program too, and stops it. This command itself has little time to wait for that.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1.5);

    private readonly string _folder;

    private ConsumerProject(string folder) => _folder = folder;

    /// <summary>Name of the project, such as <c>Fraud.Worker</c>.</summary>
    public string Name => Path.GetFileName(_folder);

    /// <summary>Its database, as the AppHost calls it: <c>frauddb</c>.</summary>
    public string Database => $"{Plain(Name.EndsWith(Suffix, StringComparison.Ordinal) ? Name[..^Suffix.Length] : Name)}db";

    /// <summary>Finds the project.</summary>
    /// <exception cref="OperationFailedException">There is none in the folder, or its database would be the audit trail's.</exception>
    public static ConsumerProject Find(string folder)
    {
        var consumer = new ConsumerProject(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        if (consumer.Database == AuditDatabase.Name)
        {
            throw new OperationFailedException(
                $"{consumer.Name} would have the database {AuditDatabase.Name}, which is that of the audit trail. Give it another name.",
                ExitCode.Usage);
        }

        return File.Exists(Path.Combine(consumer._folder, $"{consumer.Name}.csproj"))
            ? consumer
            : throw new OperationFailedException(
                $"There is no project {consumer.Name}.csproj in {consumer._folder}. "
                + $"Make it: dotnet new eventdriven-worker -n {consumer.Name} --event OrderPlaced",
                ExitCode.Usage);
    }

    /// <summary>Whether an entry of the state file is the address of this service: <c>services__fraud__http__0</c>.</summary>
    public bool IsAddressOfItself(string entry) =>
        entry.Split("__") is ["services", var service, "http", _] && $"{Plain(service)}db" == Database;

    /// <summary>Builds the program, in the configuration of this command.</summary>
    /// <param name="toErrorOutput">Whether what the compiler says goes to standard error.</param>
    /// <param name="cancellationToken">Stops the build.</param>
    /// <exception cref="OperationFailedException">It can't be built.</exception>
    public async Task BuildAsync(bool toErrorOutput, CancellationToken cancellationToken)
    {
        using var build = Start(
            ["build", _folder, "-c", ServiceProgram.Configuration, "--tl:off", "-v", "q", "-clp:NoSummary"],
            environment: [],
            toErrorOutput);
        var exitCode = await EndAsync(build, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (exitCode != ExitCode.Done)
        {
            throw new OperationFailedException($"{Name} can't be built.", ExitCode.Refused);
        }
    }

    /// <summary>Runs the program until it ends or this command is stopped.</summary>
    /// <param name="environment">Environment variables by name.</param>
    /// <param name="toErrorOutput">Whether its lines go to standard error.</param>
    /// <param name="cancellationToken">Stops the program.</param>
    /// <returns>Its exit code; 0 when it was stopped.</returns>
    public async Task<int> RunAsync(Dictionary<string, string> environment, bool toErrorOutput, CancellationToken cancellationToken)
    {
        using var program = Start([ServiceProgram.Of(Name)], environment, toErrorOutput);
        return await EndAsync(program, cancellationToken);
    }

    private static async Task<int> EndAsync(Process process, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource();
        await using var stopping = cancellationToken.Register(() => timeout.CancelAfter(StopTimeout));
        try
        {
            await process.WaitForExitAsync(timeout.Token);
            return cancellationToken.IsCancellationRequested ? ExitCode.Done : process.ExitCode;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static Process Start(IReadOnlyList<string> arguments, Dictionary<string, string> environment, bool toErrorOutput)
    {
        var start = new ProcessStartInfo(ServiceProgram.DotNet, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = toErrorOutput,
        };
        ProgramEnvironment.Give(start, environment);
        var process = Process.Start(start)!;
        if (toErrorOutput)
        {
            process.OutputDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
            process.BeginOutputReadLine();
        }

        return process;
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
