using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Messaging.Operations.Services;

/// <summary>Where an instance of a service answers by HTTP.</summary>
/// <param name="Name">The service, with a number when it is not the first instance.</param>
/// <param name="Address">Its address, such as <c>http://localhost:5000</c>.</param>
public sealed partial record ServiceAddress(string Name, Uri Address)
{
    /// <summary>
    /// The caller's bearer token (RFC 6750); null for none. A service may tell the details of its health to those alone who may read them.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>
    /// Every instance that service discovery names among settings (<c>services__analytics__http__0</c>), by name and without a token.
    /// </summary>
    /// <param name="settings">Environment variables, or entries of the same form, by name.</param>
    /// <exception cref="OperationFailedException">An address is invalid.</exception>
    public static IReadOnlyList<ServiceAddress> Of(IEnumerable<KeyValuePair<string, string>> settings) =>
        [.. (from setting in settings
            let match = Instance().Match(setting.Key)
            where match.Success
            let number = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)
            select new ServiceAddress(
                $"{match.Groups["service"].Value}{(number > 0 ? $" ({number + 1})" : "")}", Parse(setting.Key, setting.Value)))
            .OrderBy(instance => instance.Name, StringComparer.Ordinal)];

    /// <summary>Reads an address.</summary>
    /// <param name="setting">Where it was found, for the message.</param>
    /// <param name="address">The address.</param>
    /// <exception cref="OperationFailedException">It is invalid.</exception>
    public static Uri Parse(string setting, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new OperationFailedException(
                $"{setting} is '{address}', which is not an address such as http://localhost:5000.", ExitCode.Usage);

    /// <summary>A client that calls the service with the token.</summary>
    internal HttpClient NewClient(TimeSpan timeout) => new()
    {
        BaseAddress = Address,
        Timeout = timeout,
        DefaultRequestHeaders = { Authorization = Token is null ? null : new AuthenticationHeaderValue("Bearer", Token) },
    };

    /// <summary>What to tell whose token the service does not accept.</summary>
    internal OperationFailedException Refused(string scope) => new(
        $"The service at {Address} does not accept the caller, whose token needs the scope {scope}. Commands take a token from "
        + "EVENTDRIVEN_TOKEN.",
        ExitCode.Refused);

    [GeneratedRegex("^services__(?<service>.+)__http__(?<number>[0-9]{1,4})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Instance();

    // Without the token, which would end up in a log.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"{nameof(Name)} = {Name}, {nameof(Address)} = {Address}");
        return true;
    }
}
