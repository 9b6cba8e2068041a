namespace Analytics.Worker.Journeys;

/// <summary>What Analytics reads of EventsHandled.</summary>
internal sealed record EventsHandled(string Group, IReadOnlyList<HandledEvent> Receipts);
