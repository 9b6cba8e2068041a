namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>The result of a rebuild.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Events">Events applied.</param>
/// <param name="PassedOver">Records of types that the group doesn't handle, and copies of events.</param>
/// <param name="DeadLetters">Records left out because they are dead letters of the group or blocked by one.</param>
/// <param name="Tables">Rows by table.</param>
/// <param name="LostEvents">Events that the old read model had applied and the new one has not, as far back as the inbox remembers.</param>
/// <param name="Lost">
/// What the log no longer has of the events that the old read model was made from: loss that was allowed, or hearsay.
/// </param>
/// <param name="Notes">What else the operator should know.</param>
/// <param name="Seconds">How long it took, in seconds.</param>
/// <param name="PausedSeconds">How long the group read nothing, in seconds.</param>
/// <param name="SwitchSeconds">How long the switch kept readers waiting at most, in seconds.</param>
public sealed record RebuildResult(
    string Group,
    long Events,
    long PassedOver,
    long DeadLetters,
    IReadOnlyDictionary<string, TableRows> Tables,
    long LostEvents,
    IReadOnlyList<string> Lost,
    IReadOnlyList<string> Notes,
    double Seconds,
    double PausedSeconds,
    double SwitchSeconds) : TaskLine;
