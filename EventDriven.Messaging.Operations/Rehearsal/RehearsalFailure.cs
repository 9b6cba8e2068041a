namespace EventDriven.Messaging.Operations.Rehearsal;

/// <summary>Events that can't be applied.</summary>
/// <param name="Error">Type of the exception.</param>
/// <param name="Events">How many.</param>
/// <param name="Example">The first of them: event type and id, or what there is of it.</param>
/// <param name="Place">Where on the log it stands.</param>
/// <param name="Message">What the first exception says, scrubbed of personal data.</param>
internal sealed record RehearsalFailure(string Error, long Events, string Example, string Place, string Message);
