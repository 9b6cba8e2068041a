using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace EventDriven.Tests.Messaging.Privacy;

/// <summary>What a producer tells of a person.</summary>
[Event(Name)]
internal sealed record GreetedPerson([DataSubject] string Person, int Number, [PersonalData] string Email)
{
    public const string Name = "test.people.person-greeted.v1";
}
