using System.CommandLine;
using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Audit;

/// <summary><c>audit verify</c>: was an entry changed, deleted or inserted?</summary>
internal static class VerifyCommand
{
    private static readonly Option<ReadOnlyMemory<byte>?> Head = new("--head")
    {
        Description = "A hash that audit or audit verify showed earlier. An entry must still have it; without it, entries that were "
            + "deleted from the end are not missed.",
        HelpName = "hash",
        CustomParser = result =>
        {
            try
            {
                return Convert.FromHexString(result.Tokens[0].Value) is { Length: AuditHash.Length } hash
                    ? new ReadOnlyMemory<byte>(hash)
                    : Invalid();
            }
            catch (FormatException)
            {
                return Invalid();
            }

            ReadOnlyMemory<byte>? Invalid()
            {
                result.AddError($"--head takes {2 * AuditHash.Length} hexadecimal digits, not '{result.Tokens[0].Value}'.");
                return null;
            }
        },
    };

    public static Command Create()
    {
        var command = new Command(
            "verify",
            "Computes the hash of every entry anew. Ends with 1, and names the first entries, when one was changed, deleted or inserted. "
            + "Example: audit verify")
        {
            Head,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var check = new AuditCheck(parsed.GetValue(Head));
            await check.RunAsync(new AuditReader(AuditConnection.Find(parsed)).AllAsync(cancellationToken), cancellationToken);
            AuditPrint.Verified(check, parsed.IsJson());
            return check.Faults.Count == 0 ? ExitCode.Done : ExitCode.Refused;
        });
        return command.Writes<AuditCheckJson>();
    }
}
