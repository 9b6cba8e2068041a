namespace EventDriven.Messaging.Validation;

/// <summary>Checks whether a consumer accepts a value.</summary>
internal abstract class ValueCheck<T>
{
    /// <summary>The first refusal; null if everything is accepted.</summary>
    public abstract Refusal? Find(T value);
}
