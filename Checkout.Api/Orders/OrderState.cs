using System.Text.Json.Serialization;

namespace Checkout.Api.Orders;

/// <summary>The state of an order.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderState>))]
internal enum OrderState
{
    /// <summary>The order is stored and published; stock is being reserved.</summary>
    Placed,

    /// <summary>Stock is held for every line.</summary>
    Confirmed,

    /// <summary>The order can't be fulfilled.</summary>
    Rejected,

    /// <summary>The order was cancelled before it was fulfilled.</summary>
    Cancelled,
}
