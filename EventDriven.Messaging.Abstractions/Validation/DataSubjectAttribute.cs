namespace EventDriven.Messaging.Validation;

/// <summary>
/// Marks the member of an event's record, a <see cref="Guid"/> or text, that names the person whom its members with
/// <see cref="PersonalDataAttribute"/> are about. They are sealed with this person's key. The event's JSON Schema says so with
/// <c>x-data-subject</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class DataSubjectAttribute : Attribute;
