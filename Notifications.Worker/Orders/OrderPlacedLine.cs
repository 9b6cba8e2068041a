using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging.Validation;

namespace Notifications.Worker.Orders;

/// <summary>What Notifications reads of a line of OrderPlaced.</summary>
internal sealed record OrderPlacedLine([PlainText(64)] string Sku, [Range(1, 10_000)] int Quantity);
