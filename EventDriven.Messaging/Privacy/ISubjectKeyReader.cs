namespace EventDriven.Messaging.Privacy;

/// <summary>Keys of personal data, through this process's cache: to open what a service has stored sealed.</summary>
public interface ISubjectKeyReader
{
    /// <summary>A key; null if it is destroyed.</summary>
    /// <param name="id">The key's id; <see cref="SubjectKey.TryReadId"/> reads it from sealed text.</param>
    /// <param name="cancellationToken">The caller waits no longer.</param>
    /// <exception cref="KeyNotFoundException">There never was such a key.</exception>
    /// <exception cref="SubjectKeysUnavailableException">The keys' owner doesn't answer, or refuses.</exception>
    ValueTask<SubjectKey?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Drops a forgotten person's keys at once. Other processes keep theirs for up to <c>Messaging:SubjectKeys:Lifetime</c>.
    /// </summary>
    /// <param name="subject">The person.</param>
    void Drop(string subject);
}
