namespace EventDriven.Messaging;

/// <summary>
/// Names the event that a record represents. The producer's record is published under this name, and a
/// consumer's own record is bound to it.
/// </summary>
/// <param name="name">
/// CloudEvents <c>type</c>: <c>system.domain.fact-in-the-past-tense.vN</c>, such as <c>eventdriven.orders.order-placed.v1</c>.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class EventAttribute(string name) : Attribute
{
    /// <summary>CloudEvents <c>type</c>.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// The topic that the event is published to, under which its JSON Schema is kept. Null, the default, means the domain and the major
    /// version of the name: <c>orders.v1</c>.
    /// </summary>
    public string? Topic { get; init; }
}
