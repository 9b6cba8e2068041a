using System.Globalization;
using Confluent.Kafka;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Running;
using EventDriven.Chaos.Schedules;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Replay;
using Npgsql;

namespace EventDriven.Chaos.Load;

/// <summary>
/// An operator who now and then has dead letters handled again, a group read the log again, or a read model rebuilt, by the code of the
/// commands: one at a time, each bounded. A fault may make it fail; whatever it leaves, the application has to recover by itself.
/// </summary>
/// <param name="system">The application.</param>
/// <param name="operations">Where it is noted.</param>
/// <param name="random">Draws what is done when.</param>
/// <param name="time">The clock.</param>
/// <param name="say">Receives what was done.</param>
internal sealed class OperatorRun(
    RunningSystem system, OperationLog operations, Random random, TimeProvider time, Action<string> say)
{
    private const string Name = "chaos";
    private const int LeastAgoSeconds = 5;
    private const int MostAgoSeconds = 60;

    private static readonly TimeSpan LeastApart = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MostApart = TimeSpan.FromSeconds(20);

    // A group has 45 s to leave, and 90 s to read what it is to read again: what takes longer is stopped, as by Ctrl+C.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RedriveBound = TimeSpan.FromSeconds(10);

    /// <summary>Goes on until it is told to end; what is under way then is stopped.</summary>
    public async Task RunAsync(CancellationToken ending)
    {
        try
        {
            while (true)
            {
                await Task.Delay(LeastApart + ((MostApart - LeastApart) * random.NextDouble()), time, ending);
                var group = Topology.Services[random.Next(Topology.Services.Count)];
                var ago = TimeSpan.FromSeconds(random.Next(LeastAgoSeconds, MostAgoSeconds));
                await (random.Next(6) switch
                {
                    < 3 => NoteAsync(OperationKind.Redrive, group, RedriveAsync, ending),
                    < 5 => NoteAsync(OperationKind.Replay, group, (known, token) => ReplayAsync(known, ago, token), ending),
                    _ => NoteAsync(
                        OperationKind.Replay, ReadModelRebuild.Service, async (_, token) => await ReadModelRebuild.RunAsync(system, token),
                        ending),
                });
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // It is over.
        }
    }

    private async Task NoteAsync(
        OperationKind kind,
        string group,
        Func<GroupDatabase, CancellationToken, Task<(Outcome, string)?>> doAsync,
        CancellationToken ending)
    {
        var (number, begun) = (operations.NextNumber(), time.GetUtcNow());
        if (await TryAsync(group, doAsync, ending) is not var (outcome, note))
        {
            return;
        }

        operations.Add(Operation.OnGroup(number, kind, group, begun, time.GetUtcNow(), outcome));
        say($"operator: {kind} of {group}: {outcome}, {note.ReplaceLineEndings(" ")}");
    }

    /// <summary>Null if there was nothing to do.</summary>
    private async Task<(Outcome Outcome, string Note)?> TryAsync(
        string group, Func<GroupDatabase, CancellationToken, Task<(Outcome, string)?>> doAsync, CancellationToken ending)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(ending);
        bound.CancelAfter(Bound);
        try
        {
            // A replay's claim lasts until its connection is closed.
            var address = new NpgsqlConnectionStringBuilder(await system.ConnectionStringAsync($"{group}db", bound.Token))
            {
                Pooling = false,
            };
            await using var databases = await ServiceDatabases.OpenAsync(
                [new ServiceDatabase(group, address.ConnectionString)], bound.Token);
            return databases.Open.Count == 0 ? (Outcome.Failed, databases.Unreachable[0].Error)
                : (await databases.ListGroupsAsync(bound.Token)).FirstOrDefault(known => known.Group.Name == group) is { } found
                ? await doAsync(found, bound.Token)
                : (Outcome.Failed, "no database knows the group");
        }
        catch (ReplayRefusedException exception)
        {
            return (Outcome.Failed, exception.Message);
        }
        catch (OperationCanceledException)
        {
            return (Outcome.Unknown, "stopped");
        }
        catch (Exception exception) when (exception is NpgsqlException or KafkaException or TimeoutException or InvalidOperationException)
        {
            return (Outcome.Unknown, exception.Message);
        }
    }

    private async Task<(Outcome, string)?> RedriveAsync(GroupDatabase group, CancellationToken cancellationToken)
    {
        var deadLetters = new DeadLetterAdmin(group.Database);
        var chosen = await deadLetters.ChooseForRedriveAsync(new DeadLetterFilter(group.Group.Name), cancellationToken);
        if (chosen.Count == 0)
        {
            return null;
        }

        // All keys, or one of them.
        var some = random.Next(2) == 0 ? chosen : [chosen[random.Next(chosen.Count)]];
        var marked = await deadLetters.RedriveAsync(some, Name, time.GetUtcNow(), cancellationToken);
        using var wait = new RedriveWait([new RequestedRedrive(group.Database, marked)], [], time);
        var outcome = await wait.RunAsync(RedriveBound, cancellationToken);
        return (Outcome.Ok, string.Create(
            CultureInfo.InvariantCulture,
            $"{marked.Count} dead letters: {outcome.Applied} applied, {outcome.Failed.Count} failed again, "
            + $"{outcome.Pending.Sum(pending => pending.Count)} not tried yet"));
    }

    private async Task<(Outcome, string)?> ReplayAsync(GroupDatabase group, TimeSpan ago, CancellationToken cancellationToken)
    {
        using var kafka = new KafkaCluster(await system.ConnectionStringAsync(Topology.Kafka, cancellationToken));
        var replay = new GroupReplay(kafka, group.Database, group.Group, time);
        var plan = await replay.PlanAsync(
            LogPosition.At(time.GetUtcNow() - ago), until: null, topic: null, allowEffects: false, cancellationToken);
        if (plan.Count == 0)
        {
            return null;
        }

        await replay.RunAsync(plan, Name, _ => { }, _ => { }, cancellationToken);
        return (Outcome.Ok, string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Sum(partition => partition.Events)} events since {ago.TotalSeconds:0} s ago on {plan.Count} partitions"));
    }
}
