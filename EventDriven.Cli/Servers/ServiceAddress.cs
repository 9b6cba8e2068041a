using System.CommandLine;
using EventDriven.Messaging.Tasks;

namespace EventDriven.Cli.Servers;

/// <summary>Where a service answers by HTTP: as service discovery names it (<c>services__analytics__http__0</c>), else from the state file of a running LocalHost.</summary>
internal static class ServiceAddress
{
    /// <exception cref="CommandFailedException">Nobody has said, or what was said is no address.</exception>
    public static Uri Find(ParseResult parsed, string service)
    {
        var variable = $"services__{service}__http__0";
        var address = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? set : StateFile.Find(parsed, variable);
        if (address is null)
        {
            throw new CommandFailedException(
                $"Where is {service}? Start the system (./run.sh --local), or set {variable} to its address, such as http://localhost:5000.", ExitCode.Usage);
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new CommandFailedException($"{variable} is '{address}', which is no address such as http://localhost:5000.", ExitCode.Usage);
    }
}
