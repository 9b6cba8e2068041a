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
    /// <exception cref="CommandFailedException">The address is missing or invalid.</exception>
    public static Uri Find(ParseResult parsed, string service)
    {
        var variable = $"services__{service}__http__0";
        var address = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? set : StateFile.Find(parsed, variable);
        return address is null
            ? throw new CommandFailedException(
                $"The address of {service} is missing. Start the system (./run.sh), or set {variable} to its address, "
                + "such as http://localhost:5000.",
                ExitCode.Usage)
            : Parse(variable, address);
    }

    /// <summary>Every instance whose address is given.</summary>
    /// <exception cref="CommandFailedException">An address is invalid.</exception>
    public static IReadOnlyList<ServiceAddress> All(ParseResult parsed)
    {
        var set = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => (Name: (string)variable.Key, Value: (string?)variable.Value ?? ""))
            .Where(variable => variable.Value.Length > 0)
            .ToList();

        // The services of one system must not be mixed with the state file of another.
        var named = Named(set) is { Count: > 0 } own ? own : Named(StateFile.Read(parsed).Select(entry => (entry.Key, entry.Value)));
        var token = CallerToken.Find(parsed, Scopes.OpsRead);
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
