using System.Buffers.Binary;
using System.Text;

namespace EventDriven.Tests.Application.Harness;

/// <summary>A Protobuf message as far as OTLP needs it: numbered fields, without generated code.</summary>
internal sealed class OtlpMessage
{
    private readonly List<(ulong Field, ulong Number, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public OtlpMessage(ReadOnlyMemory<byte> encoded)
    {
        while (!encoded.IsEmpty)
        {
            var tag = ReadVarint(ref encoded);
            var number = 0UL;
            ReadOnlyMemory<byte> bytes = default;
            switch (tag & 7)
            {
                case 0:
                    number = ReadVarint(ref encoded);
                    break;
                case 1:
                    number = BinaryPrimitives.ReadUInt64LittleEndian(Take(ref encoded, sizeof(ulong)).Span);
                    break;
                case 2:
                    bytes = Take(ref encoded, (int)ReadVarint(ref encoded));
                    break;
                case 5:
                    number = BinaryPrimitives.ReadUInt32LittleEndian(Take(ref encoded, sizeof(uint)).Span);
                    break;
                default:
                    throw new InvalidDataException($"Protobuf has no wire type {tag & 7}.");
            }

            _fields.Add((tag >> 3, number, bytes));
        }
    }

    public bool Has(ulong field) => _fields.Exists(f => f.Field == field);

    public ulong Number(ulong field) => _fields.Find(f => f.Field == field).Number;

    public string Text(ulong field) => Encoding.UTF8.GetString(Bytes(field));

    public string Hex(ulong field) => Convert.ToHexStringLower(Bytes(field));

    public IEnumerable<OtlpMessage> Messages(ulong field) => _fields.Where(f => f.Field == field).Select(f => new OtlpMessage(f.Bytes));

    /// <summary>A list of OpenTelemetry's attributes, values as text; arrays and maps, which nothing here looks at, as nothing.</summary>
    public IReadOnlyDictionary<string, string> Attributes(ulong field)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var attribute in Messages(field))
        {
            var value = attribute.Messages(2).FirstOrDefault();
            attributes[attribute.Text(1)] = value is null || value.Has(1) ? value?.Text(1) ?? ""
                : value.Has(3) ? ((long)value.Number(3)).ToString()
                : "";
        }

        return attributes;
    }

    private ReadOnlySpan<byte> Bytes(ulong field) => _fields.Find(f => f.Field == field).Bytes.Span;

    private static ulong ReadVarint(ref ReadOnlyMemory<byte> encoded)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = Take(ref encoded, 1).Span[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> encoded, int length)
    {
        var taken = encoded[..length];
        encoded = encoded[length..];
        return taken;
    }
}
