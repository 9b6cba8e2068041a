namespace EventDriven.Messaging.Operations.Replay;

/// <summary>A replay was refused. The message tells the operator why, and what to do instead.</summary>
public sealed class ReplayRefusedException : Exception
{
    internal ReplayRefusedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
