namespace EventDriven.Messaging.Validation;

/// <summary>Checks each element of a list, with its index.</summary>
/// <param name="mayBeNull">
/// Whether an element may be null. System.Text.Json's <c>RespectNullableAnnotations</c> checks properties and parameters, but not elements.
/// </param>
/// <param name="element">Checks elements that are not null; null if there is nothing to check.</param>
internal sealed class ListCheck<TList, TElement>(bool mayBeNull, ValueCheck<TElement>? element) : ValueCheck<TList>
{
    /// <inheritdoc/>
    public override Refusal? Find(TList value)
    {
        // By index, to allocate no enumerator.
        if (value is IReadOnlyList<TElement> list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (Find(list[i]) is { } refusal)
                {
                    return refusal.Within($"[{i}]");
                }
            }

            return null;
        }

        return (value as IEnumerable<TElement>)?.Select((item, i) => Find(item)?.Within($"[{i}]"))
            .FirstOrDefault(refusal => refusal is not null);
    }

    private Refusal? Find(TElement item) => item is null
        ? mayBeNull ? null : new Refusal("", path => $"{path} must not be null.")
        : element?.Find(item);
}
