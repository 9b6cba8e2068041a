using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Changes;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Replay;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Messaging.Operations.Plans;

/// <summary>A replay of a group, before it is made. It uses the cluster and the open database until it is over.</summary>
public sealed class ReplayPlan
{
    private readonly GroupReplay _replay;

    private ReplayPlan(GroupReplay replay, string group, IReadOnlyList<ReplayPartition> partitions, string commandLine)
    {
        (_replay, Group, Partitions) = (replay, group, partitions);
        CommandLine = commandLine;
    }

    /// <summary>The group.</summary>
    public string Group { get; }

    /// <summary>The partitions that would be set back; none when the group has read nothing after the position.</summary>
    public IReadOnlyList<ReplayPartition> Partitions { get; }

    /// <summary>How many events would be delivered again, at most.</summary>
    public long Events => Partitions.Sum(partition => partition.Events);

    /// <summary>What would be done, for the question to an operator.</summary>
    public string Description => FormattableString.Invariant($"{Events} event(s) will be delivered to {Group} again.");

    /// <summary>The command line that does the same, without the program's name.</summary>
    public string CommandLine { get; }

    /// <summary>Reads what a replay would set back. Changes nothing.</summary>
    /// <param name="kafka">The cluster whose log the group reads.</param>
    /// <param name="databases">The services' databases, which stay open until the replay is over.</param>
    /// <param name="group">The group.</param>
    /// <param name="range">What to replay.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="OperationFailedException">
    /// No database knows the group, it reads another log, it does not read the topic, or its inbox no longer remembers the events.
    /// </exception>
    /// <exception cref="Confluent.Kafka.KafkaException">The broker can't be reached, or refuses.</exception>
    /// <exception cref="Npgsql.NpgsqlException">A database no longer answers, or refuses.</exception>
    public static async Task<ReplayPlan> ReadAsync(
        KafkaCluster kafka,
        ServiceDatabases databases,
        string group,
        ReplayRange range,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kafka);
        ArgumentNullException.ThrowIfNull(databases);
        ArgumentNullException.ThrowIfNull(range);
        var (registered, database) = await FindAsync(databases, group, cancellationToken);
        await kafka.RequireLogOfAsync(registered, cancellationToken);
        var replay = new GroupReplay(kafka, database, registered, time);
        var partitions = await Refusing(
            () => replay.PlanAsync(range.From, range.Until, range.Topic, range.AllowEffects, cancellationToken));
        return new ReplayPlan(replay, group, partitions, CommandText.Of(["replay", "--group", group, .. range.Options]));
    }

    /// <summary>Pauses the group, sets it back, waits until it has read the events again, and records that.</summary>
    /// <param name="change">Who asks, and why.</param>
    /// <param name="progress">Receives the number of events that were delivered again.</param>
    /// <param name="warn">Receives a message, within 10 s, when the group has no member or a member does not react.</param>
    /// <param name="cancellationToken">Stops waiting for the end of the replay. The group goes on.</param>
    /// <exception cref="OperationFailedException">
    /// Another replay or rebuild is running, an instance has not left the group in time, nobody reads, or the replay was stopped. The
    /// message says what was changed.
    /// </exception>
    /// <exception cref="ChangeNotRecordedException">The audit trail can't be written. Nothing was changed.</exception>
    /// <exception cref="Confluent.Kafka.KafkaException">The broker can't be reached, or refuses.</exception>
    /// <exception cref="Npgsql.NpgsqlException">A database no longer answers, or refuses.</exception>
    public Task RunAsync(OperatorChange change, Action<long> progress, Action<string> warn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.RunAsync(stopping => ReplayAsync(change, progress, warn, stopping), cancellationToken);
    }

    internal static async Task<GroupDatabase> FindAsync(ServiceDatabases databases, string group, CancellationToken cancellationToken) =>
        (await databases.ListGroupsAsync(group, cancellationToken)) is [var found, ..]
            ? found
            : throw new OperationFailedException($"No database that answers knows a group '{group}'.", ExitCode.Usage);

    private static async Task<T> Refusing<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception exception) when (exception is ReplayRefusedException or TimeoutException)
        {
            throw new OperationFailedException(exception.Message, ExitCode.Refused, exception);
        }
    }

    private async Task ReplayAsync(
        OperatorChange change, Action<long> progress, Action<string> warn, CancellationToken cancellationToken)
    {
        try
        {
            await Refusing(async () =>
            {
                await _replay.RunAsync(Partitions, change.By, progress, warn, cancellationToken);
                return true;
            });
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationFailedException(
                $"Stopped. Nothing is lost: {Group} goes on by itself. "
                + "If it was already set back, events in its inbox have no effect again.",
                ExitCode.Stopped,
                exception);
        }
    }
}
