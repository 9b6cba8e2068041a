namespace EventDriven.Schemas;

/// <summary>A document is not a JSON Schema that can be compared. The message says where, and what to do.</summary>
public sealed class SchemaFormatException : Exception
{
    public SchemaFormatException()
    {
    }

    public SchemaFormatException(string message)
        : base(message)
    {
    }

    public SchemaFormatException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
