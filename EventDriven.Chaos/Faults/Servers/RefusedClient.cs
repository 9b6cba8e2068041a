using System.Net;
using StackExchange.Redis;

namespace EventDriven.Chaos.Faults.Servers;

/// <summary>A client whose password Redis has refused, as <c>ACL LOG</c> has it.</summary>
/// <param name="Address">Where it connected from.</param>
/// <param name="Times">How many times such a refusal was noted; the address is the last one's.</param>
internal sealed record RefusedClient(IPEndPoint Address, long Times)
{
    private const string From = "addr=";

    /// <summary>Reads an entry of the log; null if it is of something else.</summary>
    public static RefusedClient? TryRead(RedisResult entry)
    {
        var fields = entry.ToDictionary(StringComparer.Ordinal);
        return fields.TryGetValue("reason", out var reason) && $"{reason}" == "auth"
            && fields.TryGetValue("client-info", out var client)
            && $"{client}".Split(' ').FirstOrDefault(part => part.StartsWith(From, StringComparison.Ordinal)) is { } from
            && IPEndPoint.TryParse(from.AsSpan(From.Length), out var address)
                ? new RefusedClient(address, (long)fields["count"])
                : null;
    }
}
