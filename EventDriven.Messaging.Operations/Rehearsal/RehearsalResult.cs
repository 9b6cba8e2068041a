using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Messaging.Operations.Rehearsal;

/// <summary>What a service's handlers would have done with old events.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Records">Records read.</param>
/// <param name="PassedOver">Of those, what the group doesn't handle, and copies of events within a transaction.</param>
/// <param name="Discarded">Records that operators gave up: nothing would be done.</param>
/// <param name="Recognised">Events that the inbox knows: nothing would be done.</param>
/// <param name="Applied">Events that handlers would apply.</param>
/// <param name="Rows">What would change, by table.</param>
/// <param name="Published">Events that would be published, by type.</param>
/// <param name="Sent">What would leave the system otherwise, such as mails.</param>
/// <param name="Failures">Events that can't be applied, by exception.</param>
/// <param name="Seconds">How long it took, in seconds.</param>
internal sealed record RehearsalResult(
    string Group,
    long Records,
    long PassedOver,
    long Discarded,
    long Recognised,
    long Applied,
    IReadOnlyDictionary<string, RowChanges> Rows,
    IReadOnlyDictionary<string, long> Published,
    IReadOnlyDictionary<string, long> Sent,
    IReadOnlyList<RehearsalFailure> Failures,
    double Seconds) : TaskLine;
