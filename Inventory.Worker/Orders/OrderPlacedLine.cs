using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging.Validation;
using Inventory.Worker.Reservations;
using Inventory.Worker.Stock;

namespace Inventory.Worker.Orders;

/// <summary>What Inventory reads of a line of OrderPlaced.</summary>
internal sealed record OrderPlacedLine([PlainText(StockItem.MaxSkuLength)] string Sku, [Range(1, StockLines.MaxQuantity)] int Quantity);
