namespace EventDriven.Messaging.Validation;

/// <summary>Several checks of one value.</summary>
internal sealed class AllChecks<T>(ValueCheck<T>[] checks) : ValueCheck<T>
{
    /// <summary>The checks as one; null when there are none.</summary>
    public static ValueCheck<T>? Of(IReadOnlyList<ValueCheck<T>> checks) => checks switch
    {
        [] => null,
        [var only] => only,
        _ => new AllChecks<T>([.. checks]),
    };

    /// <inheritdoc/>
    public override Refusal? Find(T value)
    {
        foreach (var check in checks)
        {
            if (check.Find(value) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }
}
