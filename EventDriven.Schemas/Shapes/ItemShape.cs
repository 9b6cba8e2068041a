using EventDriven.Schemas.Model;

namespace EventDriven.Schemas.Shapes;

/// <summary>Which schema applies to an item: one by its index, else that of the rest.</summary>
internal sealed record ItemShape(IReadOnlyList<Schema> Prefix, Schema? Rest)
{
    public Schema Of(int index) => index < Prefix.Count ? Prefix[index] : Rest ?? Schema.True;
}
