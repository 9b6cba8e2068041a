namespace EventDriven.Messaging.Privacy;

/// <summary>
/// Where a service gets the keys of sealed personal data: the service that owns them, or its own database. The library caches what it
/// answers and asks for a key once, however many events need it.
/// </summary>
public interface ISubjectKeySource
{
    /// <summary>A key; null if it is destroyed, because its person was forgotten: the data is then read as null.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="cancellationToken">The time of the call is over.</param>
    /// <exception cref="KeyNotFoundException">
    /// There never was such a key. The event becomes a dead letter. Any other exception says that the owner doesn't answer, or refuses: the
    /// event waits, its key's order is kept, and no attempt is counted.
    /// </exception>
    Task<SubjectKey?> FindAsync(Guid id, CancellationToken cancellationToken);
}
