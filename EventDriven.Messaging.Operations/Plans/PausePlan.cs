using System.Globalization;
using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Changes;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Messaging.Operations.Plans;

/// <summary>
/// A pause of a group, or its end, before it is made. While a group is paused, its instances have left it and events wait on the log. It
/// uses the open database until it is over.
/// </summary>
public sealed class PausePlan
{
    /// <summary>The longest pause. It ends by itself, so that a forgotten one does not cost events that the log deletes.</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromDays(1);

    private readonly GroupDatabase _group;
    private readonly TimeSpan? _duration;

    private PausePlan(GroupDatabase group, TimeSpan? duration, string? pausedBy) =>
        (_group, _duration, PausedBy) = (group, duration, pausedBy);

    /// <summary>Who has paused the group by now; null when it is not paused.</summary>
    public string? PausedBy { get; }

    /// <summary>Whether nothing would be changed: a resumption of a group that is not paused.</summary>
    public bool IsEmpty => _duration is null && PausedBy is null;

    /// <summary>What would be done, for the question to an operator.</summary>
    public string Description => _duration is { } duration
        ? $"{Name} will handle nothing for {Seconds(duration)} s, or until it is resumed. Its events wait."
        : PausedBy is { } by ? $"{Name} will go on. {by} has paused it." : $"{Name} is not paused.";

    /// <summary>The command line that does the same, without the program's name.</summary>
    public string CommandLine => CommandText.Of(
        _duration is { } duration ? ["pause", "--group", Name, "--for", $"{Seconds(duration)}s"] : ["resume", "--group", Name]);

    private string Name => _group.Group.Name;

    /// <summary>Reads the group's state. Changes nothing.</summary>
    /// <param name="databases">The services' databases.</param>
    /// <param name="group">The group.</param>
    /// <param name="duration">How long to pause it, a second to <see cref="MaxDuration"/>; null to end its pause.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="OperationFailedException">No database knows the group, or the duration is out of bounds.</exception>
    /// <exception cref="Npgsql.NpgsqlException">A database no longer answers, or refuses.</exception>
    public static async Task<PausePlan> ReadAsync(
        ServiceDatabases databases, string group, TimeSpan? duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(databases);
        if (duration is { } given && (given < TimeSpan.FromSeconds(1) || given > MaxDuration))
        {
            throw new OperationFailedException(
                $"A group is paused for 1 s to {MaxDuration.TotalHours} h, not for {Seconds(given)} s.", ExitCode.Usage);
        }

        var found = await ReplayPlan.FindAsync(databases, group, cancellationToken);
        var activity = await new GroupAdmin(found.Database).ActivityAsync(cancellationToken);
        return new PausePlan(found, duration, activity.GetValueOrDefault(group)?.PausedBy);
    }

    /// <summary>Pauses or resumes the group, and records that. Its instances notice within <c>OperatorPollInterval</c>, 2 s.</summary>
    /// <exception cref="OperationFailedException">A replay or a rebuild is running, which pauses and resumes the group itself.</exception>
    /// <exception cref="ChangeNotRecordedException">The audit trail can't be written. Nothing was changed.</exception>
    /// <exception cref="Npgsql.NpgsqlException">A database no longer answers, or refuses.</exception>
    public Task RunAsync(OperatorChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.RunAsync(stopping => SetAsync(change, stopping), cancellationToken);
    }

    private static string Seconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    private async Task SetAsync(OperatorChange change, CancellationToken cancellationToken)
    {
        var groups = new GroupAdmin(_group.Database);
        if (!await groups.TryClaimAsync(cancellationToken))
        {
            throw new OperationFailedException(
                $"A replay or a rebuild of the service of group '{Name}' is running. It pauses and resumes the group itself: wait until it "
                + "ends. Nothing was changed.");
        }

        try
        {
            await (_duration is { } duration
                ? groups.PauseAsync(Name, duration, change.By, cancellationToken)
                : groups.ResumeAsync(Name, cancellationToken));
        }
        finally
        {
            await groups.ReleaseClaimAsync(CancellationToken.None);
        }
    }
}
