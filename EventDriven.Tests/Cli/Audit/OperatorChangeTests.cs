using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Changes;
using EventDriven.Messaging.Operations.Tasks;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Cli.Audit;

/// <summary>What commands and pages change goes through this, and is recorded by it.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class OperatorChangeTests : IChangeReport
{
    private readonly MemoryTrail _trail = new();
    private readonly List<string> _told = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Without_a_reason_nothing_is_changed(string reason)
    {
        var refused = await Assert.ThrowsAsync<OperationFailedException>(
            () => Change(_trail, reason).RunAsync(_ => throw new InvalidOperationException("must not run"), Token));

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Empty(_trail.Records);
    }

    [Fact]
    public async Task Who_from_where_what_and_why_stands_in_both_entries_without_secrets()
    {
        var change = Change(_trail, "ticket 7, password=hunter2, known-secret");

        Assert.Equal(7, await change.RunAsync(_ => Task.FromResult(7), _ => null, Token));

        Assert.True(change.IsOutcomeRecorded);
        Assert.Equal([AuditPhase.Started, AuditPhase.Succeeded], _trail.Records.Select(record => record.Phase));
        Assert.All(_trail.Records, record => Assert.Equal(
            (change.Id, "ada", "desk", "ada@example.org", "pause --group inventory", "ticket 7, password=***, ***"),
            (record.ChangeId, record.Operator, record.Host, record.Subject, record.Command, record.Reason)));
        Assert.Equal(["Entry 2"], _told);
    }

    [Fact]
    public async Task A_result_that_is_a_failure_is_recorded_as_one_and_returned()
    {
        Assert.Equal(1, await Change(_trail).RunAsync(_ => Task.FromResult(1), code => $"It ended with {code}.", Token));

        Assert.Equal((AuditPhase.Failed, "It ended with 1."), (_trail.Records[^1].Phase, _trail.Records[^1].Detail));
    }

    [Fact]
    public async Task A_change_whose_start_can_not_be_recorded_is_not_made()
    {
        var trail = new MemoryTrail { Before = (_, _) => throw new FileNotFoundException("gone") };

        var refused = await Assert.ThrowsAsync<ChangeNotRecordedException>(
            () => Change(trail).RunAsync(_ => throw new InvalidOperationException("must not run"), Token));

        Assert.Contains("Nothing was changed, because the audit trail can't be written (gone).", refused.Message, StringComparison.Ordinal);
    }

    void IChangeReport.Recorded(AuditEntry ended) => _told.Add($"Entry {ended.Sequence}");

    void IChangeReport.NotRecorded(string message) => _told.Add(message);

    private OperatorChange Change(MemoryTrail trail, string reason = "a test") => new(
        trail,
        new ChangeRequest(new OperatorIdentity("ada", "desk") { Subject = "ada@example.org" }, "pause --group inventory", reason),
        new SecretMask(["known-secret"]),
        this,
        new FakeTimeProvider());
}
