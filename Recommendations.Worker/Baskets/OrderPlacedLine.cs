using EventDriven.Messaging.Validation;

namespace Recommendations.Worker.Baskets;

/// <summary>What Recommendations reads of a line of OrderPlaced.</summary>
internal sealed record OrderPlacedLine([PlainText(64)] string Sku);
