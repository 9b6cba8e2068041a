namespace EventDriven.Messaging.Validation;

/// <summary>Checks the properties of a record. It accepts null.</summary>
internal sealed class RecordCheck<TRecord> : ValueCheck<TRecord>
{
    // Null until it is complete.
    private ValueCheck<TRecord>[]? _properties;

    /// <summary>Whether there is nothing to check, as far as known.</summary>
    public bool IsEmpty => _properties is [];

    /// <summary>Sets the checks. They are set after construction, because a record may contain itself.</summary>
    public void Complete(IEnumerable<ValueCheck<TRecord>> properties) => _properties = [.. properties];

    /// <inheritdoc/>
    public override Refusal? Find(TRecord value)
    {
        if (value is null)
        {
            return null;
        }

        foreach (var property in _properties!)
        {
            if (property.Find(value) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }
}
