namespace EventDriven.Messaging.DeadLetters;

/// <summary>What is kept of an exception.</summary>
/// <param name="Type">Full name of its type.</param>
/// <param name="Message">Scrubbed message.</param>
/// <param name="Stack">Scrubbed stack, with those of its causes.</param>
internal sealed record StoredError(string Type, string Message, string Stack)
{
    public static StoredError Of(Exception error) =>
        new(error.GetType().FullName ?? error.GetType().Name, ScrubbedText.Of(error.Message), ScrubbedText.Of(error.ToString()));
}
