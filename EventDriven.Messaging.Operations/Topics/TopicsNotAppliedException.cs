namespace EventDriven.Messaging.Operations.Topics;

/// <summary>Topics could not be brought to their declarations. The message tells the operator why, and what to do next.</summary>
public sealed class TopicsNotAppliedException : Exception
{
    internal TopicsNotAppliedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
