using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Analytics.Worker.Journeys;

/// <summary>What Analytics reads of EventsHandled.</summary>
[Event("eventdriven.receipts.events-handled.v1")]
internal sealed record EventsHandled([PlainText(255)] string Group, [MaxLength(10_000)] IReadOnlyList<HandledEvent> Receipts);
