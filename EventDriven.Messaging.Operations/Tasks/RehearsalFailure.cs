namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>Events that can't be applied because of the same type of exception.</summary>
/// <param name="Error">Type of the exception.</param>
/// <param name="Events">How many.</param>
/// <param name="Example">The first of them: event type and id, as far as they can be read.</param>
/// <param name="Place">Its topic, partition and offset.</param>
/// <param name="Message">The message of the first exception, scrubbed of personal data.</param>
public sealed record RehearsalFailure(string Error, long Events, string Example, string Place, string Message);
