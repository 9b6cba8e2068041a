using EventDriven.Messaging.Operations;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Plans;
using EventDriven.Messaging.Operations.Tasks;
using Npgsql;

namespace EventDriven.ControlRoom.Replay;

/// <summary>Reads what a replay, a pause or its end would do.</summary>
internal sealed class ReplayPlans(SystemAddresses addresses, TimeProvider time)
{
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(15);

    /// <summary>The database of a group, open, and not pooled: a replay holds a claim until it is closed.</summary>
    /// <exception cref="OperationFailedException">None answers, or none knows the group.</exception>
    public Task<ServiceDatabases> OpenAsync(string group, CancellationToken cancellationToken) => ServiceDatabases.OpenAsync(
        addresses.Databases.Select(database => database with
        {
            ConnectionString = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString,
        }),
        group,
        cancellationToken);

    /// <summary>The cluster.</summary>
    /// <exception cref="OperationFailedException">Its connection string can't be used.</exception>
    public KafkaCluster OpenKafka()
    {
        try
        {
            return new KafkaCluster(addresses.Kafka!);
        }
        catch (InvalidOperationException exception)
        {
            throw new OperationFailedException(exception.Message, ExitCode.Usage, exception);
        }
    }

    /// <summary>What a replay would do; null when nothing is filled in. Changes nothing.</summary>
    /// <exception cref="OperationFailedException">It is refused, or a server does not answer.</exception>
    public async Task<ReplayPreview?> PreviewAsync(ReplayInput input, CancellationToken cancellationToken)
    {
        if (input.Group is not { Length: > 0 } group || input.Range(time.GetUtcNow()) is not { } range)
        {
            return null;
        }

        return await BoundedAsync(
            async bound =>
            {
                await using var databases = await OpenAsync(group, bound);
                using var kafka = OpenKafka();
                var plan = await ReplayPlan.ReadAsync(kafka, databases, group, range, time, bound);
                return new ReplayPreview(
                    input with { From = $"{range.From}", Until = range.Until is { } until ? $"{until}" : null },
                    plan.Partitions,
                    plan.Events,
                    plan.CommandLine);
            },
            cancellationToken);
    }

    /// <summary>Runs what takes a moment, and says in an operator's words why it failed.</summary>
    /// <exception cref="OperationFailedException">It is refused, or a server does not answer.</exception>
    public static async Task<T> BoundedAsync<T>(Func<CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(ReadTimeout);
        try
        {
            return await run(bound.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OperationFailedException(
                $"Servers did not answer within {ReadTimeout.TotalSeconds} s. The page Flow shows which.", ExitCode.Unreachable, exception);
        }
        catch (Exception exception) when (ServerProblem.Of(exception) is { } problem)
        {
            throw new OperationFailedException(problem.Message, problem.ExitCode, exception);
        }
    }
}
