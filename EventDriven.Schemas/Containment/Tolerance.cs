namespace EventDriven.Schemas.Containment;

/// <summary>
/// Is a new optional property of an open object a restriction? Strictly it is, because the object could have had it with any value.
/// Consumers of events ignore what they don't know and producers don't send what they don't declare, so here it is not.
/// </summary>
internal enum Tolerance
{
    /// <summary>Strictly as JSON Schema says. Used under <c>not</c> and wherever sets must be disjoint.</summary>
    None,

    /// <summary>A property that is new to the whole union is no restriction.</summary>
    NewProperties,

    /// <summary>A property that is new to the branch of a union is no restriction.</summary>
    NewPropertiesOfBranch,
}
