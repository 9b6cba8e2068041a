using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace EventDriven.ServiceDefaults.Http.Overload;

/// <summary>
/// A client's address as a limit knows it. Of IPv6 that is the network of 64 bits, all of whose addresses one client may have. Endpoints
/// with reserved places are counted apart, so that a flood of other requests doesn't use their share up.
/// </summary>
/// <param name="Network">IPv4 address, or the first half of an IPv6 address.</param>
/// <param name="IsIPv6">Which of them.</param>
/// <param name="IsReserved">Whether the request goes to an endpoint with <see cref="ReservedConcurrency"/>.</param>
internal readonly record struct ClientAddress(ulong Network, bool IsIPv6, bool IsReserved)
{
    private const int MaxBytes = 16;

    public static ClientAddress Of(IPAddress? address, bool isReserved)
    {
        Span<byte> bytes = stackalloc byte[MaxBytes];
        return address is null ? new ClientAddress(0, IsIPv6: false, isReserved)
            : address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } && address.TryWriteBytes(bytes, out _)
                ? new ClientAddress(BinaryPrimitives.ReadUInt64BigEndian(bytes), IsIPv6: true, isReserved)
                : address.MapToIPv4().TryWriteBytes(bytes, out _)
                    ? new ClientAddress(BinaryPrimitives.ReadUInt32BigEndian(bytes), IsIPv6: false, isReserved)
                    : default;
    }
}
