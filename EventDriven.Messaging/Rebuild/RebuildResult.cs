using EventDriven.Messaging.Tasks;

namespace EventDriven.Messaging.Rebuild;

/// <summary>What a rebuild came to.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Events">Events applied.</param>
/// <param name="PassedOver">Records of types that the group doesn't handle, and copies of events.</param>
/// <param name="DeadLetters">Records left out because they are dead letters of the group, or stand behind one.</param>
/// <param name="Tables">Rows by table of the new read model.</param>
/// <param name="Seconds">How long it took, in seconds.</param>
/// <param name="PausedSeconds">How long the group read nothing, in seconds.</param>
/// <param name="SwitchMs">How long readers could have to wait, in milliseconds.</param>
internal sealed record RebuildResult(
    string Group,
    long Events,
    long PassedOver,
    long DeadLetters,
    IReadOnlyDictionary<string, long> Tables,
    double Seconds,
    double PausedSeconds,
    double SwitchMs) : TaskLine;
