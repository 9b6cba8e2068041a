namespace EventDriven.LocalHost;

/// <summary>The local application can't do what was asked; the message says what to do about it.</summary>
public sealed class LocalApplicationException : Exception
{
    public LocalApplicationException()
    {
    }

    public LocalApplicationException(string message)
        : base(message)
    {
    }

    public LocalApplicationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
