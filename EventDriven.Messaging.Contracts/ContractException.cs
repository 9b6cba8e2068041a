namespace EventDriven.Messaging.Contracts;

/// <summary>What was asked for can't be done; the message says what to do instead.</summary>
internal sealed class ContractException : Exception
{
    public ContractException(string message)
        : base(message)
    {
    }

    public ContractException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
