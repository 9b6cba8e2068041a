using System.Text.Json;
using System.Text.Json.Serialization;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Inventory;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;
using EventDriven.Contracts.Receipts;

namespace EventDriven.Contracts;

/// <summary>JSON serialization of events by producers: camelCase, generated at build time. Each consumer has its own context.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true)]
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
[JsonSerializable(typeof(CustomerForgotten))]
[JsonSerializable(typeof(EventsHandled))]
public sealed partial class ContractsJson : JsonSerializerContext;
