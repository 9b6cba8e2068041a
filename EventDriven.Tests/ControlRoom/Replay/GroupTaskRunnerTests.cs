using EventDriven.ControlRoom.Replay.Tasks;
using EventDriven.Messaging.Operations.Tasks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.ControlRoom.Replay;

/// <summary>Work that outlasts a request: one task a group, owned, bounded, and stopped with the control room.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class GroupTaskRunnerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly GroupTaskRunner _runner;

    public GroupTaskRunnerTests() => _runner = new GroupTaskRunner(_time, NullLogger<GroupTaskRunner>.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _runner.Dispose();

    [Fact]
    public async Task A_group_has_one_task_at_a_time_and_others_are_free()
    {
        var first = Start("inventory", UntilStoppedAsync);

        Assert.False(_runner.TryStart(New("inventory"), UntilStoppedAsync));
        Assert.True(_runner.TryStart(New("analytics"), (_, _) => Task.CompletedTask));
        Assert.True(_runner.Stop(first));
        await EndedAsync("inventory", GroupTaskState.Stopped);
        Assert.True(_runner.TryStart(New("inventory"), (_, _) => Task.CompletedTask));
        await EndedAsync("inventory", GroupTaskState.Done);
    }

    [Fact]
    public async Task Whoever_looks_sees_how_far_it_is_and_at_last_what_came_of_it()
    {
        var told = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        Start("inventory", async (tell, _) =>
        {
            tell(task => task with { Phase = "reading", Read = 3, Total = 10 });
            told.SetResult();
            await go.Task;
        });

        await told.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        Assert.Equal(("reading", 3L, 10L, null), Seen(Of("inventory")));
        _time.Advance(TimeSpan.FromSeconds(5));
        go.SetResult();
        await EndedAsync("inventory", GroupTaskState.Done);
        Assert.Equal(("reading", 10L, 10L, _time.GetUtcNow()), Seen(Of("inventory")));
    }

    [Theory]
    [InlineData(ExitCode.Refused, GroupTaskState.Failed)]
    [InlineData(ExitCode.Stopped, GroupTaskState.Stopped)]
    public async Task What_an_operator_must_read_is_told(int exitCode, GroupTaskState state)
    {
        Start("inventory", (_, _) => throw new OperationFailedException("Because.", exitCode));

        await EndedAsync("inventory", state);
        Assert.Equal("Because.", Of("inventory").Error);
    }

    [Fact]
    public async Task An_error_that_nobody_expected_does_not_show_its_text()
    {
        Start("inventory", (_, _) => throw new InvalidOperationException("Password=secret"));

        await EndedAsync("inventory", GroupTaskState.Failed);
        Assert.DoesNotContain("secret", Of("inventory").Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tasks_end_with_the_control_room_and_none_begins_then()
    {
        Start("inventory", UntilStoppedAsync);

        await _runner.StopAsync(Token);

        Assert.Equal(GroupTaskState.Stopped, Of("inventory").State);
        Assert.False(_runner.TryStart(New("analytics"), UntilStoppedAsync));
    }

    [Fact]
    public void What_does_not_run_can_not_be_stopped() => Assert.False(_runner.Stop(Guid.CreateVersion7()));

    private static (string Phase, long Read, long Total, DateTimeOffset? Ended) Seen(GroupTask task) =>
        (task.Phase, task.Read, task.Total, task.Ended);

    private static Task UntilStoppedAsync(Action<Func<GroupTask, GroupTask>> tell, CancellationToken stopping) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);

    private GroupTask New(string group) => new(Guid.CreateVersion7(), GroupTaskKind.Replay, group, "ada", _time.GetUtcNow());

    private Guid Start(string group, Func<Action<Func<GroupTask, GroupTask>>, CancellationToken, Task> run)
    {
        var task = New(group);
        Assert.True(_runner.TryStart(task, run));
        return task.Id;
    }

    private GroupTask Of(string group) => _runner.All.Single(task => task.Group == group);

    private Task EndedAsync(string group, GroupTaskState state) => Eventually.TrueAsync(() => Of(group).State == state);
}
