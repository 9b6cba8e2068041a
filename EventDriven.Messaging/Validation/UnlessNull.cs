namespace EventDriven.Messaging.Validation;

/// <summary>
/// A check of a personal member: it is about the text, and null says that the text can't be read, because its person was forgotten. An
/// attribute that refuses null must not make that event unreadable.
/// </summary>
internal sealed class UnlessNull<T>(ValueCheck<T> check) : ValueCheck<T>
{
    /// <inheritdoc/>
    public override Refusal? Find(T value) => value is null ? null : check.Find(value);
}
