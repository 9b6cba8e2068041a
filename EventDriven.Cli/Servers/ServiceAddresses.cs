using System.Collections;
using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using EventDriven.Cli.Tokens;
using EventDriven.Identity;
using EventDriven.Messaging.Operations.Services;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Servers;

/// <summary>
/// Where a service answers by HTTP: as service discovery names it (<c>services__analytics__http__0</c>), else from
/// the state file of a running application.
/// </summary>
internal static partial class ServiceAddresses
{
    /// <param name="parsed">Names the state file.</param>
    /// <param name="service">The service.</param>
    /// <param name="scope">What the command needs of it.</param>
    /// <exception cref="CommandFailedException">The address is missing or invalid.</exception>
    public static ServiceAddress Find(ParseResult parsed, string service, string scope)
    {
        var variable = $"services__{service}__http__0";
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set)
        {
            return new ServiceAddress(service, Parse(variable, set)) { Token = CallerToken.Of(CallerToken.GivenIssuer(), scope) };
        }

        return StateFile.Find(parsed, variable) is { } address
            ? new ServiceAddress(service, Parse(variable, address)) { Token = CallerToken.Of(CallerToken.FindIssuer(parsed), scope) }
            : throw new CommandFailedException(
                $"The address of {service} is missing. Start the system (./run.sh), or set {variable} to its address, "
                + "such as http://localhost:5000.",
                ExitCode.Usage);
    }

    /// <summary>Every instance whose address is given, to be asked for the state of services.</summary>
    /// <exception cref="CommandFailedException">An address is invalid.</exception>
    public static IReadOnlyList<ServiceAddress> All(ParseResult parsed)
    {
        var set = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => (Name: (string)variable.Key, Value: (string?)variable.Value ?? ""))
            .Where(variable => variable.Value.Length > 0)
            .ToList();

        // The services of one system must not be mixed with the state file of another, nor be told its tokens.
        var (named, issuer) = Named(set) is { Count: > 0 } own
            ? (own, CallerToken.GivenIssuer())
            : (Named(StateFile.Read(parsed).Select(entry => (entry.Key, entry.Value))), CallerToken.FindIssuer(parsed));
        var token = CallerToken.Of(issuer, Scopes.OpsRead);
        return [.. named.OrderBy(instance => instance.Name, StringComparer.Ordinal).Select(instance => instance with { Token = token })];
    }

    private static List<ServiceAddress> Named(IEnumerable<(string Name, string Value)> variables) =>
        [.. from variable in variables
            let match = Instance().Match(variable.Name)
            where match.Success
            let number = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)
            select new ServiceAddress(
                $"{match.Groups["service"].Value}{(number > 0 ? $" ({number + 1})" : "")}", Parse(variable.Name, variable.Value))];

    [GeneratedRegex("^services__(?<service>.+)__http__(?<number>[0-9]{1,4})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Instance();

    private static Uri Parse(string variable, string address)
    {
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new CommandFailedException(
                $"{variable} is '{address}', which is not an address such as http://localhost:5000.", ExitCode.Usage);
    }
}
