namespace EventDriven.Messaging.Operations.Access;

/// <summary>Kafka doesn't show or change its access rules. The message tells the operator why, and what to do next.</summary>
public sealed class AclsRefusedException : Exception
{
    internal AclsRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
