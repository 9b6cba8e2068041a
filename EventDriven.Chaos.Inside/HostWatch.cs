using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace EventDriven.Chaos.Inside;

/// <summary>
/// Waits until the process builds its host, and then has the last word on its services. .NET's hosts announce that they are being built,
/// which is what <c>WebApplicationFactory</c> stands on too; a hosting startup would come before the program's own services, which
/// replace its own.
/// </summary>
internal sealed class HostWatch : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Hosting = "Microsoft.Extensions.Hosting";
    private const string HostBuilding = "HostBuilding";

    private readonly InstructionFile _instructions;

    private HostWatch(InstructionFile instructions) => _instructions = instructions;

    /// <summary>Waits from now on, as long as the process lives.</summary>
    public static void Begin(InstructionFile instructions) => DiagnosticListener.AllListeners.Subscribe(new HostWatch(instructions));

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Hosting)
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: HostBuilding, Value: IHostBuilder host })
        {
            host.ConfigureServices((_, services) => services.AddFaults(_instructions));
        }
    }

    public void OnCompleted()
    {
        // Nothing more is built.
    }

    public void OnError(Exception error)
    {
        // Nobody reports errors to a listener of hosts.
    }
}
