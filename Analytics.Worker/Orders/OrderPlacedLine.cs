using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging.Validation;

namespace Analytics.Worker.Orders;

/// <summary>What Analytics reads of a line of OrderPlaced.</summary>
internal sealed record OrderPlacedLine([PlainText(64)] string Sku, [Range(1, 10_000)] int Quantity);
