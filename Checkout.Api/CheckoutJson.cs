using System.Text.Json;
using System.Text.Json.Serialization;
using Checkout.Api.Catalogue;
using Checkout.Api.Customers;
using Checkout.Api.Orders;
using Checkout.Api.Orders.Placing;
using Checkout.Api.Payments;
using Checkout.Api.Payments.Refunding;
using Checkout.Api.Privacy;
using Checkout.Api.Stock;
using EventDriven.ServiceDefaults.Http.Lists;

namespace Checkout.Api;

/// <summary>JSON serialization of Checkout's requests and answers, generated at build time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlaceOrderRequest))]
[JsonSerializable(typeof(OrderAnswer))]
[JsonSerializable(typeof(Page<OrderAnswer>))]
[JsonSerializable(typeof(Page<ProductAnswer>))]
[JsonSerializable(typeof(PaymentNotice))]
[JsonSerializable(typeof(RefundRequest))]
[JsonSerializable(typeof(RefundAnswer))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(SignUpRequest))]
[JsonSerializable(typeof(SignUpAnswer))]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(HoldRequest))]
[JsonSerializable(typeof(HoldRefusal))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class CheckoutJson : JsonSerializerContext;
