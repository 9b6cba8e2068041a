using System.Text.Json;
using System.Text.Json.Serialization;

namespace Checkout.Api.Orders;

/// <summary>Writes an <see cref="OrderLink"/> as a path.</summary>
internal sealed class OrderLinkConverter : JsonConverter<OrderLink>
{
    private const int MaxLength = 64;

    public override void Write(Utf8JsonWriter writer, OrderLink value, JsonSerializerOptions options)
    {
        Span<char> path = stackalloc char[MaxLength];
        path.TryWrite($"/orders/{value.OrderId}{value.Suffix}", out var written);
        writer.WriteStringValue(path[..written]);
    }

    /// <exception cref="NotSupportedException">Always: links are followed, not sent back.</exception>
    public override OrderLink Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();
}
