using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Messaging.Operations.Rebuild;

/// <summary>An event of the log can't be applied, although it is no dead letter of the group.</summary>
internal sealed class EventNotAppliedException(
    string message, Exception innerException) : OperationFailedException(message, Tasks.ExitCode.Refused, innerException);
