namespace EventDriven.Messaging.Privacy;

/// <summary>
/// The keys of the people whom a service announces personal data of. The service implements it, as a scoped service: whoever adds an event
/// to the outbox gets the key ready before, in the same transaction or an earlier one, because adding an event waits for nothing.
/// </summary>
public interface ISubjectKeys
{
    /// <summary>The key that a person's data is sealed with.</summary>
    /// <param name="subject">The person, as the event's <see cref="Validation.DataSubjectAttribute"/> names it.</param>
    /// <exception cref="InvalidOperationException">The key was not got ready. The message says what to call before.</exception>
    SubjectKey Of(string subject);
}
