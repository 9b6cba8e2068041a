using System.Reflection;

namespace EventDriven.Messaging.Validation;

/// <summary>Checks one property of a record.</summary>
/// <param name="name">Name of the property in the data.</param>
/// <param name="property">The property.</param>
/// <param name="check">Checks the value of the property.</param>
internal sealed class PropertyCheck<TRecord, TValue>(string name, PropertyInfo property, ValueCheck<TValue> check) : ValueCheck<TRecord>
{
    private readonly Func<TRecord, TValue> _get = Getter(property.GetMethod!);

    private delegate TValue OfStruct(ref TRecord record);

    /// <inheritdoc/>
    public override Refusal? Find(TRecord value) => check.Find(_get(value))?.Within(name);

    // A delegate for the getter, so that a call needs no reflection and no boxing.
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
