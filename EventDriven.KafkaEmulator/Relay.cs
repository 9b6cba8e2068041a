using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;

namespace EventDriven.KafkaEmulator;

/// <summary>
/// Relays bytes between a client and the mock cluster. The cluster chooses its own port, but clients need a known one: they bootstrap here
/// and then connect to the port in the cluster's metadata. Kestrel listens and owns the connections.
/// </summary>
internal sealed class Relay(MockCluster cluster, IHostApplicationLifetime lifetime) : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
        try
        {
            using var broker = await cluster.ConnectAsync(ending.Token);
            await Task.WhenAll(PassRequestsAsync(connection, broker, ending), PassResponsesAsync(connection, broker, ending));
        }
        catch (EmulatorException exception)
        {
            await Console.Error.WriteLineAsync($"A client was refused. {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // One side broke the connection off, or the program stops. The other side sees its own end closed.
        }
    }

    /// <summary>
    /// A client that has sent its last request may still wait for answers, so its end of stream is passed on and closes nothing else.
    /// </summary>
    private static async Task PassRequestsAsync(ConnectionContext connection, Socket broker, CancellationTokenSource ending)
    {
        try
        {
            await using var stream = new NetworkStream(broker);
            await connection.Transport.Input.CopyToAsync(stream, ending.Token);
            broker.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            await ending.CancelAsync();
            throw;
        }
    }

    /// <summary>When the broker closes its side, the whole connection ends.</summary>
    private static async Task PassResponsesAsync(ConnectionContext connection, Socket broker, CancellationTokenSource ending)
    {
        try
        {
            await using var stream = new NetworkStream(broker);
            await stream.CopyToAsync(connection.Transport.Output.AsStream(), ending.Token);
        }
        finally
        {
            await ending.CancelAsync();
        }
    }
}
