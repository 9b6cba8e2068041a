using System.Diagnostics;
using System.Text.Json;

namespace EventDriven.Tests.Messaging.Host;

/// <summary>
/// An instance of <see cref="NoteService"/> in a process of its own, so that it can be killed at whatever instruction it is.
/// </summary>
internal sealed class NoteProcess : IDisposable
{
    /// <summary>First argument of this program when it is one.</summary>
    public const string Argument = "note-service";

    private readonly Process _process;

    private NoteProcess(Process process) => _process = process;

    public static NoteProcess Start(NoteServiceOptions options, double failureRate)
    {
        var told = new NoteProcessOptions(
            options.Database,
            options.Kafka,
            options.Redis,
            options.Cluster,
            options.Topic,
            options.Group!,
            options.Batches,
            options.OffsetsInDatabase,
            failureRate);
        return new NoteProcess(
            Process.Start(new ProcessStartInfo("dotnet", [typeof(NoteProcess).Assembly.Location, Argument, JsonSerializer.Serialize(told)])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!);
    }

    /// <summary>What the process does: it serves until its standard input ends, which happens when the tests end, too.</summary>
    public static async Task<int> RunAsync(string told)
    {
        var options = JsonSerializer.Deserialize<NoteProcessOptions>(told)!;
        var service = await NoteService.StartAsync(
            new NoteServiceOptions
            {
                Database = options.Database,
                Kafka = options.Kafka,
                Redis = options.Redis,
                Cluster = options.Cluster,
                Topic = options.Topic,
                Group = options.Group,
                Batches = options.Batches,
                OffsetsInDatabase = options.OffsetsInDatabase,
                MaxFailureRate = 1,
                Behaviour = (_, _) => Random.Shared.NextDouble() < options.FailureRate
                    ? throw new InvalidOperationException("by chance")
                    : Task.CompletedTask,
            },
            CancellationToken.None);
        await Console.In.ReadToEndAsync();
        await service.DisposeAsync();
        return 0;
    }

    /// <summary>Ends it at once, and waits until it is gone.</summary>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
