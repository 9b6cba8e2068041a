using System.Reflection;

namespace EventDriven.Messaging.Validation;

/// <summary>Checks one property of a record.</summary>
/// <param name="name">As the data names it.</param>
/// <param name="property">Reads it.</param>
/// <param name="check">Checks its value.</param>
internal sealed class PropertyCheck<TRecord, TValue>(string name, PropertyInfo property, ValueCheck<TValue> check) : ValueCheck<TRecord>
{
    private readonly Func<TRecord, TValue> _get = Getter(property.GetMethod!);

    private delegate TValue OfStruct(ref TRecord record);

    /// <inheritdoc/>
    public override Refusal? Find(TRecord value) => check.Find(_get(value))?.Within(name);

    // A delegate of the getter itself: no reflection and no boxing when it is called.
    private static Func<TRecord, TValue> Getter(MethodInfo method)
    {
        if (!typeof(TRecord).IsValueType)
        {
            return method.CreateDelegate<Func<TRecord, TValue>>();
        }

        var get = method.CreateDelegate<OfStruct>();
        return record => get(ref record);
    }
}
