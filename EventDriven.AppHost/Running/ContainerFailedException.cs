namespace EventDriven.AppHost.Running;

/// <summary>The container runtime answered but could not start a container.</summary>
internal sealed class ContainerFailedException : Exception
{
    public ContainerFailedException()
    {
    }

    public ContainerFailedException(string message)
        : base(message)
    {
    }

    public ContainerFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
