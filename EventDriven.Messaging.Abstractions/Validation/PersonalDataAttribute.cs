namespace EventDriven.Messaging.Validation;

/// <summary>
/// Marks a text member of an event's record that is about a person, such as an e-mail address. It is sealed on the log, with the key of
/// the person whom the record's <see cref="DataSubjectAttribute"/> names, and a handler reads it in plain. It is null where the service
/// opens no personal data or the key is destroyed, so a consumer's record declares it as <c>string?</c>. The event's JSON Schema says so
/// with <c>x-personal-data</c>, and so do the pages that are made from it.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PersonalDataAttribute : Attribute;
