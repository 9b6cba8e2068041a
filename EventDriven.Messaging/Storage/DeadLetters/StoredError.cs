namespace EventDriven.Messaging.Storage.DeadLetters;

/// <summary>What is kept and logged of an exception that an event's data may be in.</summary>
/// <param name="Type">Full name of its type.</param>
/// <param name="Message">Scrubbed message.</param>
/// <param name="Stack">Scrubbed stack, with those of its causes.</param>
internal sealed record StoredError(string Type, string Message, string Stack)
{
    public static StoredError Of(Exception error) =>
        new(error.GetType().FullName ?? error.GetType().Name, ScrubbedText.Of(error.Message), ScrubbedText.Of(error.ToString()));

    /// <summary>As a log shows it; <see cref="Stack"/> begins with type and message.</summary>
    public override string ToString() => Stack;
}
