using System.Security.Claims;
using EventDriven.ControlRoom.Changes;
using EventDriven.ControlRoom.Replay.Rehearsal;
using EventDriven.ControlRoom.Replay.Tasks;
using EventDriven.ControlRoom.Servers;
using EventDriven.Messaging.Operations.Changes;
using EventDriven.Messaging.Operations.Plans;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.ControlRoom.Replay;

/// <summary>Begins rehearsals, replays and rebuilds, which go on after the request.</summary>
internal sealed class ReplayWork(
    GroupTaskRunner runner, OperatorChanges changes, ReplayPlans plans, ServicePrograms programs, TimeProvider time)
{
    /// <summary>Begins a rehearsal.</summary>
    /// <exception cref="OperationFailedException">There is no program for it, or a task of the group runs.</exception>
    public void Rehearse(ClaimsPrincipal by, string group, string service, ReplayRange range)
    {
        var plan = new RehearsalPlan(group, programs.Find(service), programs.Environment(), range);
        Begin(
            New(GroupTaskKind.Rehearsal, group, by) with { Command = CommandOf(group, range) },
            async (tell, stopping) =>
            {
                var (result, _) = await plan.RunAsync(line => Progress(tell, line), stopping);
                if (result is RehearsalResult rehearsed)
                {
                    var counts = await CountAsync(group, rehearsed, tell, stopping);
                    tell(task => task with { Rehearsed = RehearsalDiff.Of(rehearsed, counts) });
                }
            });
    }

    /// <summary>Begins a replay.</summary>
    /// <exception cref="OperationFailedException">A task of the group runs, or the reason can't be taken.</exception>
    public void Replay(ClaimsPrincipal by, string group, ReplayRange range, string? reason) => Begin(
        New(GroupTaskKind.Replay, group, by) with { Reason = RequiredReason(reason) },
        async (tell, stopping) =>
        {
            await using var databases = await plans.OpenAsync(group, stopping);
            using var kafka = plans.OpenKafka();
            var plan = await ReplayPlan.ReadAsync(kafka, databases, group, range, time, stopping);
            tell(task => task with { Command = plan.CommandLine, Total = plan.Events, Phase = "pausing the group" });
            if (plan.Events == 0)
            {
                tell(task => task.With("The group has read nothing after this position. Nothing was changed."));
                return;
            }

            long? begun = null;
            await RecordedAsync(by, plan.CommandLine, reason!, tell, change => plan.RunAsync(
                change,
                count =>
                {
                    begun ??= time.GetTimestamp();
                    tell(task => task.At(count, time.GetElapsedTime(begun.Value)));
                },
                note => tell(task => task.With(note)),
                stopping));
        });

    /// <summary>Begins a rebuild of a read model.</summary>
    /// <exception cref="OperationFailedException">
    /// There is no program for it, a task of the group runs, or the reason can't be taken.
    /// </exception>
    public void Rebuild(ClaimsPrincipal by, string group, string service, bool allowLoss, string? reason)
    {
        var plan = new RebuildPlan(service, programs.Find(service), programs.Environment()) { AllowLoss = allowLoss };
        Begin(
            New(GroupTaskKind.Rebuild, group, by) with { Reason = RequiredReason(reason), Command = plan.CommandLine },
            (tell, stopping) => RecordedAsync(by, plan.CommandLine, reason!, tell, async change =>
            {
                var (result, _) = await plan.RunAsync(change, line => Progress(tell, line), stopping);
                tell(task => task with { Rebuilt = result as RebuildResult });
            }));
    }

    private static string RequiredReason(string? reason) => ChangeRequest.ReasonProblem(reason) is { } problem
        ? throw new OperationFailedException($"Nothing was changed. {problem}", ExitCode.Usage)
        : reason!;

    private static string CommandOf(string group, ReplayRange range) => string.Join(
        ' ',
        (string[])
        [
            "rehearse", "--group", group, "--from", $"{range.From}",
            .. range.Until is null ? [] : (string[])["--until", $"{range.Until}"],
            .. range.Topic is null ? [] : (string[])["--topic", range.Topic],
            .. range.AllowEffects ? ["--allow-effects"] : Array.Empty<string>(),
        ]);

    private static void Progress(Action<Func<GroupTask, GroupTask>> tell, TaskLine line)
    {
        if (line is TaskProgress progress)
        {
            tell(task => task.At(progress));
        }
    }

    private GroupTask New(GroupTaskKind kind, string group, ClaimsPrincipal by) =>
        new(Guid.CreateVersion7(time.GetUtcNow()), kind, group, by.Identity?.Name ?? "operator", time.GetUtcNow());

    private void Begin(GroupTask task, Func<Action<Func<GroupTask, GroupTask>>, CancellationToken, Task> run)
    {
        if (!runner.TryStart(task, run))
        {
            throw new OperationFailedException(
                $"A task of group '{task.Group}' runs, or the control room is being stopped. Wait until it ends, or stop it.");
        }
    }

    private async Task RecordedAsync(
        ClaimsPrincipal by,
        string command,
        string reason,
        Action<Func<GroupTask, GroupTask>> tell,
        Func<OperatorChange, Task> run)
    {
        var report = new ChangeReport();
        try
        {
            await run(changes.Begin(by, command, reason, report));
        }
        finally
        {
            if (report.Problem is { } problem)
            {
                tell(task => task.With(problem));
            }
        }
    }

    // The numbers are beside the point when the database has gone away meanwhile.
    private async Task<IReadOnlyDictionary<string, TableCount>> CountAsync(
        string group, RehearsalResult result, Action<Func<GroupTask, GroupTask>> tell, CancellationToken cancellationToken)
    {
        try
        {
            await using var databases = await plans.OpenAsync(group, cancellationToken);
            return await TableCounts.ReadAsync(databases.Open[0].Connection, result.Rows.Keys, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationFailedException || ServerProblem.Of(exception) is not null)
        {
            tell(task => task.With("The rows of the tables could not be counted."));
            return new Dictionary<string, TableCount>(StringComparer.Ordinal);
        }
    }
}
