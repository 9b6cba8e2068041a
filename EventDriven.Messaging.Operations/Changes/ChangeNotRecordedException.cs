using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Messaging.Operations.Changes;

/// <summary>Nothing was changed, because the audit trail can't be written. The message tells why, and what to do next.</summary>
public sealed class ChangeNotRecordedException : OperationFailedException
{
    internal ChangeNotRecordedException(string message, int exitCode, Exception innerException)
        : base(message, exitCode, innerException)
    {
    }
}
