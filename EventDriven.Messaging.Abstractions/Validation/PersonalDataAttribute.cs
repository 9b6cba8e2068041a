namespace EventDriven.Messaging.Validation;

/// <summary>
/// Marks a member of an event's record that is about a person, such as an e-mail address. The event's JSON Schema says so with
/// <c>x-personal-data</c>, and so do the pages that are made from it.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PersonalDataAttribute : Attribute;
