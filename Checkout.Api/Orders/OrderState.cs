using System.Text.Json.Serialization;

namespace Checkout.Api.Orders;

/// <summary>Where an order stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderState>))]
internal enum OrderState
{
    /// <summary>Stored and announced; stock is being asked for.</summary>
    Placed,

    /// <summary>Stock is held for every line.</summary>
    Confirmed,

    /// <summary>It can't be fulfilled.</summary>
    Rejected,

    /// <summary>It was given up before it was fulfilled.</summary>
    Cancelled,
}
