namespace EventDriven.ControlRoom.Replay.Tasks;

/// <summary>How far a task is.</summary>
public enum GroupTaskState
{
    /// <summary>It is at work.</summary>
    Running,

    /// <summary>It has ended as it should.</summary>
    Done,

    /// <summary>It has ended with an error, or was refused.</summary>
    Failed,

    /// <summary>Somebody stopped it, or the control room was stopped.</summary>
    Stopped,
}
