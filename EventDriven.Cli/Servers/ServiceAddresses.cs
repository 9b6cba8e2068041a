using System.Collections;
using System.CommandLine;
using EventDriven.Cli.Tokens;
using EventDriven.Identity;
using EventDriven.Messaging.Operations.Services;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Servers;

/// <summary>
/// Where a service answers by HTTP: as service discovery names it (<c>services__analytics__http__0</c>), else from
/// the state file of a running application.
/// </summary>
internal static class ServiceAddresses
{
    /// <param name="parsed">Names the state file.</param>
    /// <param name="service">The service.</param>
    /// <param name="scope">What the command needs of it.</param>
    /// <exception cref="OperationFailedException">The address is missing or invalid.</exception>
    public static ServiceAddress Find(ParseResult parsed, string service, string scope)
    {
        var variable = $"services__{service}__http__0";
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set)
        {
            return Address(set, CallerToken.GivenIssuer());
        }

        return StateFile.Find(parsed, variable) is { } address
            ? Address(address, CallerToken.FindIssuer(parsed))
            : throw new OperationFailedException(
                $"The address of {service} is missing. Start the system (./run.sh), or set {variable} to its address, "
                + "such as http://localhost:5000.",
                ExitCode.Usage);

        ServiceAddress Address(string given, DevelopmentIssuer? issuer) =>
            new(service, ServiceAddress.Parse(variable, given)) { Token = CallerToken.Of(issuer, scope) };
    }

    /// <summary>Every instance whose address is given, to be asked for the state of services.</summary>
    /// <exception cref="OperationFailedException">An address is invalid.</exception>
    public static IReadOnlyList<ServiceAddress> All(ParseResult parsed)
    {
        var set = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""))
            .Where(variable => variable.Value.Length > 0)
            .ToList();

        // The services of one system must not be mixed with the state file of another, nor be told its tokens.
        var (named, issuer) = ServiceAddress.Of(set) is { Count: > 0 } own
            ? (own, CallerToken.GivenIssuer())
            : (ServiceAddress.Of(StateFile.Read(parsed)), CallerToken.FindIssuer(parsed));
        var token = CallerToken.Of(issuer, Scopes.OpsRead);
        return [.. named.Select(instance => instance with { Token = token })];
    }
}
