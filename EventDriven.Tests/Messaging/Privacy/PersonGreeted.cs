using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace EventDriven.Tests.Messaging.Privacy;

/// <summary>What a consumer reads of it. Its rule is about the text, and refuses no event whose person was forgotten.</summary>
[Event(GreetedPerson.Name)]
internal sealed record PersonGreeted([DataSubject] string Person, int Number, [PersonalData, Required] string? Email);
