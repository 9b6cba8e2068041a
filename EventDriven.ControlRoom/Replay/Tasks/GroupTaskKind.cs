namespace EventDriven.ControlRoom.Replay.Tasks;

/// <summary>Work that outlasts a request.</summary>
public enum GroupTaskKind
{
    /// <summary>Runs a group's handlers over old events, and rolls everything back.</summary>
    Rehearsal,

    /// <summary>Sets a group back on its log, and waits until it has read the events again.</summary>
    Replay,

    /// <summary>Makes a service's read model anew from the log.</summary>
    Rebuild,
}
