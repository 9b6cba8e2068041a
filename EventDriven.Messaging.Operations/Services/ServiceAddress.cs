using System.Text;

namespace EventDriven.Messaging.Operations.Services;

/// <summary>Where an instance of a service answers by HTTP.</summary>
/// <param name="Name">The service, with a number when it is not the first instance.</param>
/// <param name="Address">Its address, such as <c>http://localhost:5000</c>.</param>
public sealed record ServiceAddress(string Name, Uri Address)
{
    /// <summary>
    /// The caller's bearer token (RFC 6750); null for none. A service may tell the details of its health to those alone who may read them.
    /// </summary>
    public string? Token { get; init; }

    // Without the token, which would end up in a log.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"{nameof(Name)} = {Name}, {nameof(Address)} = {Address}");
        return true;
    }
}
