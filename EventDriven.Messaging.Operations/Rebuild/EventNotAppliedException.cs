using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Messaging.Operations.Rebuild;

/// <summary>An event of the log can't be applied, and the group doesn't keep it as a dead letter.</summary>
internal sealed class EventNotAppliedException(string message, Exception innerException) : TaskFailedException(message, Tasks.ExitCode.Refused, innerException);
