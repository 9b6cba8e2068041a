namespace EventDriven.Messaging.Validation;

/// <summary>Finds out whether a value is what its consumer admits.</summary>
internal abstract class ValueCheck<T>
{
    /// <summary>The first thing that is not admitted; null when everything is.</summary>
    public abstract Refusal? Find(T value);
}
