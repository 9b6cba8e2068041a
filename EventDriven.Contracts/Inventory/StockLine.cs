using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging.Validation;

namespace EventDriven.Contracts.Inventory;

/// <summary>A quantity of one SKU.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Quantity">The quantity; at least 1.</param>
public sealed record StockLine([PlainText(64)] string Sku, [Range(1, int.MaxValue)] int Quantity);
