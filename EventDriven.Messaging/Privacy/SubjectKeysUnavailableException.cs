namespace EventDriven.Messaging.Privacy;

/// <summary>The owner of the keys of personal data doesn't answer, or refuses them: trying again later may help.</summary>
public sealed class SubjectKeysUnavailableException : Exception
{
    public SubjectKeysUnavailableException()
        : this("The keys of personal data can't be had now.")
    {
    }

    public SubjectKeysUnavailableException(string message)
        : base(message)
    {
    }

    public SubjectKeysUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
