using EventDriven.ControlRoom.Changes;
using EventDriven.Messaging.Operations.Audit;

namespace EventDriven.Tests.ControlRoom.Changes;

/// <summary>The entries of the audit trail as changes.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class AuditedChangesTests
{
    private static readonly Guid One = Guid.CreateVersion7();
    private static readonly Guid Other = Guid.CreateVersion7();

    [Fact]
    public void A_change_has_its_begin_and_how_it_ended()
    {
        var changes = AuditedChanges.Changes(
            [
                Entry(4, Other, AuditPhase.Started), Entry(3, One, AuditPhase.Failed, "Because."), Entry(1, One, AuditPhase.Started),
            ]).ToList();

        Assert.Equal([Other, One], changes.Select(change => change.Id));
        Assert.Equal((AuditPhase.Started, null), (changes[0].Phase, changes[0].Detail));
        Assert.Equal((AuditPhase.Failed, "Because.", At(1)), (changes[1].Phase, changes[1].Detail, changes[1].Begun));
    }

    private static DateTimeOffset At(int second) => DateTimeOffset.UnixEpoch.AddSeconds(second);

    private static AuditEntry Entry(int sequence, Guid change, string phase, string? detail = null) => new(
        sequence, At(sequence), Address: null,
        new AuditRecord(change, "ada", "here", "replay --group inventory --from 2h", "a test", phase) { Detail = detail },
        default, default);
}
