using Confluent.Kafka;
using Npgsql;

namespace EventDriven.Messaging.Operations.Groups;

/// <summary>A group that all instances have left, until it is disposed of; a pause that nobody ends is over by itself.</summary>
internal sealed class PausedGroup : IAsyncDisposable
{
    // An instance notices within MessagingOptions.Consumer.OperatorPollInterval, drains for its DrainTimeout, and a dead one counts for its SessionTimeout.
    private static readonly TimeSpan LeaveBound = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan PauseBound = TimeSpan.FromSeconds(90);

    private readonly GroupAdmin _desk;
    private readonly string _group;

    private PausedGroup(GroupAdmin desk, string group) => (_desk, _group) = (desk, group);

    /// <summary>Asks a group to pause and waits until it has left; tells after <see cref="GroupMembers.Silence"/> for whom it waits.</summary>
    /// <exception cref="TimeoutException">An instance has not left in time; nothing pauses any more.</exception>
    /// <exception cref="KafkaException">The broker can't be reached, or can't tell who is in a group.</exception>
    public static async Task<PausedGroup> BeginAsync(
        IAdminClient admin, NpgsqlConnection database, string group, string by, Action<string> tell, TimeProvider time, CancellationToken cancellationToken)
    {
        var desk = new GroupAdmin(database);
        await desk.PauseAsync(group, PauseBound, by, cancellationToken);
        var paused = new PausedGroup(desk, group);
        var left = false;
        try
        {
            left = await GroupMembers.WaitUntilGoneAsync(admin, group, LeaveBound, members => tell(Waiting(group, members)), time, cancellationToken);
        }
        finally
        {
            if (!left)
            {
                await paused.DisposeAsync();
            }
        }

        return left ? paused : throw new TimeoutException(
            $"An instance of group '{group}' has not left it within {LeaveBound.TotalSeconds} s; nothing was changed. See the logs of its service, then try again.");
    }

    private static string Waiting(string group, IReadOnlyList<string> members) => FormattableString.Invariant(
        $"Group '{group}' was asked to pause {GroupMembers.Silence.TotalSeconds} s ago, and {members.Count} member(s) have not left it: {string.Join(", ", members)}. Nothing is changed yet. One that drains, or has died, leaves by itself: waiting for {LeaveBound.TotalSeconds} s in all; Ctrl+C stops it.");

    /// <summary>Lets the instances come back.</summary>
    public async ValueTask DisposeAsync() => await _desk.ResumeAsync(_group, CancellationToken.None);
}
