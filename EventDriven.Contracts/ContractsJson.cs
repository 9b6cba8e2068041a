using System.Text.Json;
using System.Text.Json.Serialization;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Inventory;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;
using EventDriven.Contracts.Receipts;

namespace EventDriven.Contracts;

/// <summary>How a producer writes its events: camelCase JSON, generated at build time. Consumers bring a context of their own.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OrderPlaced))]
[JsonSerializable(typeof(OrderConfirmed))]
[JsonSerializable(typeof(OrderRejected))]
[JsonSerializable(typeof(OrderCancelled))]
[JsonSerializable(typeof(PaymentCaptured))]
[JsonSerializable(typeof(PaymentRefused))]
[JsonSerializable(typeof(PaymentRefunded))]
[JsonSerializable(typeof(StockReserved))]
[JsonSerializable(typeof(StockRejected))]
[JsonSerializable(typeof(StockReleased))]
[JsonSerializable(typeof(UserSignedUp))]
[JsonSerializable(typeof(EventsHandled))]
public sealed partial class ContractsJson : JsonSerializerContext;
