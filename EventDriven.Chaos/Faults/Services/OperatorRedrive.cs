using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Inside;
using EventDriven.Chaos.Schedules;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Services;
using Npgsql;

namespace EventDriven.Chaos.Faults.Services;

/// <summary>
/// The operator after a failure of handlers: has what it has parked handled again (<c>./eventdriven redrive --reason …</c>), until
/// nothing of it is left. Records that nobody can read stay where they are.
/// </summary>
internal sealed class OperatorRedrive(FaultStage stage, TimeProvider time)
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WaitBound = TimeSpan.FromSeconds(20);

    // An attempt that had begun before the handlers were sound again: the slowest one, and then some.
    private static readonly TimeSpan Settling = HandlerFaults.Delay + TimeSpan.FromSeconds(1);

    /// <summary>Returns when nothing is left that failing handlers have parked.</summary>
    /// <param name="service">The service.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many dead letters were handled, with what was blocked by them.</returns>
    public async Task<int> RunAsync(string service, CancellationToken cancellationToken)
    {
        await Task.Delay(Settling, time, cancellationToken);
        var applied = 0;
        while (true)
        {
            var outcome = await TryAsync(service, cancellationToken);
            if (outcome is { IsNothing: true })
            {
                return applied;
            }

            applied += outcome?.Applied ?? 0;
            await Task.Delay(Again, time, cancellationToken);
        }
    }

    /// <summary>What came of it, for a report.</summary>
    public static string Says(int redriven) => redriven == 0 ? "no dead letter was left" : $"{redriven} dead letters were redriven";

    private async Task<Redriven?> TryAsync(string service, CancellationToken cancellationToken)
    {
        try
        {
            await using var database = new NpgsqlConnection(await stage.System.ConnectionStringAsync($"{service}db", cancellationToken));
            await database.OpenAsync(cancellationToken);
            return await RedriveAsync(database, service, cancellationToken);
        }
        catch (NpgsqlException)
        {
            // The server is away.
            return null;
        }
    }

    private async Task<Redriven> RedriveAsync(NpgsqlConnection database, string service, CancellationToken cancellationToken)
    {
        var deadLetters = new DeadLetterAdmin(database);
        var filter = new DeadLetterFilter(Group: service, Reason: typeof(InjectedFailureException).FullName);
        var chosen = await deadLetters.ChooseForRedriveAsync(filter, cancellationToken);
        if (chosen.Count == 0)
        {
            var left = await deadLetters.ListAsync(filter, includeResolved: false, limit: 1, cancellationToken);
            return new Redriven(0, IsNothing: left.Count == 0);
        }

        var (number, begun) = (stage.Operations.NextNumber(), time.GetUtcNow());
        var outcome = Outcome.Unknown;
        try
        {
            var marked = await deadLetters.RedriveAsync(chosen, "chaos", begun, cancellationToken);
            outcome = Outcome.Ok;
            using var wait = new RedriveWait(
                [new RequestedRedrive(database, marked)],
                [.. Topology.InstancesOf(service).Select(
                    instance => new ServiceAddress(instance, stage.System.Address(instance)) { Token = stage.System.Token })],
                time);
            return new Redriven((await wait.RunAsync(WaitBound, cancellationToken)).Applied, IsNothing: false);
        }
        finally
        {
            stage.Operations.Add(Operation.OnGroup(number, OperationKind.Redrive, service, begun, time.GetUtcNow(), outcome));
        }
    }

    private sealed record Redriven(int Applied, bool IsNothing);
}
