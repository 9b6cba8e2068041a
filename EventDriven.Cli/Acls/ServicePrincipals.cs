using System.CommandLine;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Acls;

/// <summary>Which principal of Kafka a service is: <c>User:NAME</c>, unless the command line says otherwise.</summary>
internal static class ServicePrincipals
{
    /// <summary>Who runs these commands, beside the services.</summary>
    public const string Operator = "operator";

    /// <summary>Overrides a principal.</summary>
    public static Option<string[]> Option { get; } = new("--principal")
    {
        Description = "Principal of a service, or of the operator who runs these commands. May be repeated. Default: User:NAME, such as "
            + "User:checkout and User:operator.",
        HelpName = "service=principal",
    };

    /// <summary>The principals that the command line names, by service.</summary>
    /// <exception cref="OperationFailedException">One is not of the form service=principal.</exception>
    public static IReadOnlyDictionary<string, string> Read(IEnumerable<string> given)
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in given)
        {
            var parts = text.Split('=', 2);
            if (parts is not [{ Length: > 0 } service, { Length: > 0 } principal]
                || !principal[1..].Contains(':', StringComparison.Ordinal))
            {
                throw new OperationFailedException(
                    $"--principal '{text}' is not of the form service=principal, such as checkout=User:shop-checkout.", ExitCode.Usage);
            }

            named[service] = principal;
        }

        return named;
    }

    /// <summary>The principal of a service.</summary>
    public static string Of(this IReadOnlyDictionary<string, string> named, string service) =>
        named.GetValueOrDefault(service) ?? $"User:{service}";
}
