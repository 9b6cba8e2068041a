using System.Security.Claims;
using EventDriven.Messaging.Operations;
using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Changes;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.ControlRoom.Changes;

/// <summary>
/// Begins the changes that people make on these pages. Each is recorded in the audit trail as those of commands are, with the person who is
/// signed in; without a trail, nothing is changed.
/// </summary>
internal sealed class OperatorChanges(SystemAddresses addresses, IConfiguration configuration, TimeProvider time)
{
    private const string Subject = "sub";

    private readonly SecretMask _mask = SecretMask.Of(
        configuration.AsEnumerable().Where(setting => setting.Value is { Length: > 0 })
            .Select(setting => KeyValuePair.Create(setting.Key, setting.Value!)));

    /// <summary>A change that has not begun.</summary>
    /// <param name="user">Who makes it.</param>
    /// <param name="command">The command line that does the same: that of its plan.</param>
    /// <param name="reason">Why.</param>
    /// <param name="report">Is told what the trail says of it.</param>
    /// <exception cref="OperationFailedException">There is no trail, or it can't be used.</exception>
    public OperatorChange Begin(ClaimsPrincipal user, string command, string reason, IChangeReport report)
    {
        var name = user.Identity?.Name is { Length: > 0 } known ? known : "operator";
        return new OperatorChange(
            Trail(),
            new ChangeRequest(
                new OperatorIdentity(name, Environment.MachineName) { Subject = user.FindFirst(Subject)?.Value }, command, reason.Trim()),
            _mask,
            report,
            time);
    }

    private PostgresAuditTrail Trail()
    {
        const string Setting = $"ConnectionStrings__{PostgresAuditTrail.ConnectionName}";
        try
        {
            return addresses.AuditTrail is { } given
                ? new PostgresAuditTrail(given)
                : throw new OperationFailedException(
                    $"Nothing was changed. No audit trail is given, in which every change is recorded: set {Setting} to its connection "
                    + "string. ./eventdriven audit script prints the SQL that makes one.");
        }
        catch (ArgumentException exception)
        {
            // Npgsql's message may contain the password.
            throw new OperationFailedException(
                $"Nothing was changed. The connection string of the audit trail is invalid: set {Setting}.", innerException: exception);
        }
    }
}
