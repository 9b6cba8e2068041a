using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace EventDriven.Tests.Messaging.Privacy;

/// <summary>The same fact in the next major version, where members have other names.</summary>
[Event("test.people.person-greeted.v2")]
internal sealed record GreetedPersonAnew([DataSubject] string Who, int Number, [PersonalData] string Address);
