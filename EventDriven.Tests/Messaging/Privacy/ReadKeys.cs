using EventDriven.Messaging.Privacy;

namespace EventDriven.Tests.Messaging.Privacy;

/// <summary>How a reading service reaches the keys' owner.</summary>
internal sealed class ReadKeys(TestKeys owner) : ISubjectKeySource
{
    public Task<SubjectKey?> FindAsync(Guid id, CancellationToken cancellationToken) => owner.FindAsync(id, cancellationToken);
}
