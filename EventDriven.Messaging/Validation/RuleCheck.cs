namespace EventDriven.Messaging.Validation;

/// <summary>Checks one rule about a value.</summary>
internal sealed class RuleCheck<T>(Func<T, bool> admits, Func<string, string> rule) : ValueCheck<T>
{
    /// <inheritdoc/>
    public override Refusal? Find(T value) => admits(value) ? null : new Refusal("", rule);
}
