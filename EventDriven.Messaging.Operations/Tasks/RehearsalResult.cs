namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>What a service's handlers would do with old events.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Records">Records read.</param>
/// <param name="PassedOver">Of those, records of types that the group does not handle, and copies of events within a transaction.</param>
/// <param name="Discarded">Events that operators have discarded, which a replay does not apply.</param>
/// <param name="Recognised">Events that the inbox knows, which a replay does not apply again.</param>
/// <param name="Applied">Events that handlers would apply.</param>
/// <param name="Rows">Rows that would change, by table.</param>
/// <param name="Published">Events that would be published, by type.</param>
/// <param name="Sent">What else would be sent, such as mails, by kind.</param>
/// <param name="Failures">Events that can't be applied, by exception.</param>
/// <param name="Seconds">How long it took, in seconds.</param>
public sealed record RehearsalResult(
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
