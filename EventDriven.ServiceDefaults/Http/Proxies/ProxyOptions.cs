using System.ComponentModel.DataAnnotations;
using System.Net;

namespace EventDriven.ServiceDefaults.Http.Proxies;

/// <summary>
/// Section <c>Http:Proxies</c>: the proxies that are believed when they say whom they forward for (<c>X-Forwarded-For</c>,
/// <c>X-Forwarded-Proto</c>). Without any, a client's address is that of its connection.
/// </summary>
internal sealed class ProxyOptions : IValidatableObject
{
    public const string Section = "Http:Proxies";

    /// <summary>The proxies' addresses or networks, such as <c>10.0.0.7</c> or <c>10.0.0.0/8</c>.</summary>
    public IList<string> Networks { get; } = [];

    /// <summary>How many proxies stand one behind the other; 1.</summary>
    [Range(1, 10)]
    public int Count { get; set; } = 1;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from network in Networks
        where Parse(network) is null
        select new ValidationResult(
            $"{Section}:{nameof(Networks)} has '{network}', which is neither an address nor a network such as 10.0.0.0/8.");

    /// <summary>The network; of one address, if it is one. Null if it is neither.</summary>
    public static IPNetwork? Parse(string network) => IPNetwork.TryParse(network, out var parsed) ? parsed
        : IPAddress.TryParse(network, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
