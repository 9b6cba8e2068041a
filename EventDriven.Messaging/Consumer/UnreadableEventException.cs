namespace EventDriven.Messaging.Consumer;

/// <summary>A record on a topic is no event that can be read: trying again will not help, and skipping it would lose it.</summary>
public sealed class UnreadableEventException : Exception
{
    public UnreadableEventException()
        : this("The record is no readable event.")
    {
    }

    public UnreadableEventException(string message)
        : base(message)
    {
    }

    public UnreadableEventException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
