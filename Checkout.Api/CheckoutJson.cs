using System.Text.Json;
using System.Text.Json.Serialization;
using Checkout.Api.Customers;
using Checkout.Api.Orders;
using Checkout.Api.Orders.Placing;
using Checkout.Api.Orders.Reading;
using Checkout.Api.Payments;
using Checkout.Api.Payments.Refunding;
using Checkout.Api.Stock;

namespace Checkout.Api;

/// <summary>How Checkout's requests and answers are read and written, generated at build time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlaceOrderRequest))]
[JsonSerializable(typeof(OrderAnswer))]
[JsonSerializable(typeof(OrderPage))]
[JsonSerializable(typeof(PaymentNotice))]
[JsonSerializable(typeof(RefundRequest))]
[JsonSerializable(typeof(RefundAnswer))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(SignUpRequest))]
[JsonSerializable(typeof(SignUpAnswer))]
[JsonSerializable(typeof(HoldRequest))]
[JsonSerializable(typeof(HoldRefusal))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class CheckoutJson : JsonSerializerContext;
