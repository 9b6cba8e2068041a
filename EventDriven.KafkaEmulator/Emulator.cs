using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventDriven.KafkaEmulator;

/// <summary>Runs the mock cluster behind fixed ports.</summary>
internal static class Emulator
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs until SIGTERM or SIGINT.</summary>
    /// <returns>The exit code: 0, or 1 if it couldn't start.</returns>
    public static async Task<int> RunAsync(EmulatorArguments arguments)
    {
        Console.WriteLine(
            "Kafka emulator: librdkafka's mock cluster. It keeps its log in memory, about 5 MiB a partition, and forgets it on exit: "
            + "good for a look, never for durability or load.");
        try
        {
            using var cluster = MockCluster.Start();
            foreach (var topic in arguments.Topics)
            {
                cluster.CreateTopic(topic);
            }

            await using var application = Build(arguments, cluster);
            await application.StartAsync();
            Console.WriteLine(
                $"Ready: Kafka on 127.0.0.1:{arguments.Port}"
                    + (arguments.ControlPort is { } port ? $", control on http://127.0.0.1:{port}." : "."));
            await application.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception exception) when (exception is EmulatorException or IOException or SocketException)
        {
            await Console.Error.WriteLineAsync($"The Kafka emulator can't start. {exception.Message}");
            return 1;
        }
    }

    /// <summary>An empty builder, so that no environment variable changes the addresses and nothing is logged but the two lines.</summary>
    private static WebApplication Build(EmulatorArguments arguments, MockCluster cluster)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore().AddSingleton(cluster).Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, arguments.Port, endpoint => endpoint.UseConnectionHandler<Relay>());
            if (arguments.ControlPort is { } controlPort)
            {
                kestrel.Listen(IPAddress.Loopback, controlPort);
            }
        });
        var application = builder.Build();
        application.MapControlApi();
        return application;
    }
}
