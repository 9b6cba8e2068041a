namespace EventDriven.Hosting;

/// <summary>The application can't run as requested. The message says what to do.</summary>
public sealed class HostingException : Exception
{
    public HostingException()
    {
    }

    public HostingException(string message)
        : base(message)
    {
    }

    public HostingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
