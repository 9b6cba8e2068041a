using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;

namespace EventDriven.KafkaEmulator;

/// <summary>The emulator's command line.</summary>
/// <param name="Port">Loopback port that clients bootstrap through.</param>
/// <param name="ControlPort">Loopback port that <see cref="ControlApi"/> listens on; null for none.</param>
/// <param name="Topics">Topics to create at the start.</param>
internal sealed record EmulatorArguments(int Port, int? ControlPort, IReadOnlyList<Topic> Topics)
{
    /// <summary>Reads the command line and runs the emulator, or prints help or errors.</summary>
    /// <returns>The exit code: that of the run, or 2 for an invalid command line.</returns>
    public static async Task<int> RunAsync(string[] args, Func<EmulatorArguments, Task<int>> run)
    {
        const int UsageError = 2;
        var port = new Option<int>("--port") { Description = "Port on 127.0.0.1 that clients bootstrap through.", Required = true };
        var controlPort = new Option<int?>("--control-port")
        {
            Description = "Port on 127.0.0.1 for PUT /topics/{name}?partitions=N and GET /health.",
        };
        var topics = new Option<Topic[]>("--topic")
        {
            Description = "Topic to create at the start; may be repeated.",
            HelpName = "name=partitions",
            CustomParser = ParseTopics,
        };
        port.Validators.Add(result => RequirePort(port.Name, result.GetValueOrDefault<int>(), result));
        controlPort.Validators.Add(result => RequirePort(controlPort.Name, result.GetValueOrDefault<int?>(), result));
        var root = new RootCommand("Kafka for a look: librdkafka's in-memory mock cluster, without Java and without containers.")
        {
            port,
            controlPort,
            topics,
        };
        root.SetAction(
            parsed => run(new EmulatorArguments(parsed.GetValue(port), parsed.GetValue(controlPort), parsed.GetValue(topics) ?? [])));

        // The host handles signals.
        var parsed = root.Parse(args);
        var exitCode = await parsed.InvokeAsync(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        return parsed.Errors.Count > 0 ? UsageError : exitCode;
    }

    private static Topic[] ParseTopics(ArgumentResult result)
    {
        try
        {
            Topic[] topics = [
                .. result.Tokens.Select(token => token.Value.Split('=', 2))
                .Select(parts => Topic.Parse(parts[0], parts.ElementAtOrDefault(1)))];
            if (topics.CountBy(topic => topic.Name).FirstOrDefault(name => name.Value > 1).Key is { } twice)
            {
                result.AddError($"--topic names '{twice}' more than once.");
            }

            return topics;
        }
        catch (FormatException exception)
        {
            result.AddError($"--topic takes name=partitions. {exception.Message}");
            return [];
        }
    }

    private static void RequirePort(string option, int? port, OptionResult result)
    {
        if (port is < 1 or > IPEndPoint.MaxPort)
        {
            result.AddError($"{option} takes a port from 1 to {IPEndPoint.MaxPort}, not {port}.");
        }
    }
}
