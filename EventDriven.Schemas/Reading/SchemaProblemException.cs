namespace EventDriven.Schemas.Reading;

/// <summary>A document is not a schema that can be read. The message says where and what to do, but not in which document.</summary>
internal sealed class SchemaProblemException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>A problem at a place of the document.</summary>
    public static SchemaProblemException At(string pointer, string message) => new($"#{pointer}: {message}");
}
