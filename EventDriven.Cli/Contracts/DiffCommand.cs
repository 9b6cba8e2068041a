using System.CommandLine;
using System.Security;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Schemas;

namespace EventDriven.Cli.Contracts;

/// <summary><c>contracts diff</c>: is a schema compatible with its earlier versions?</summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files")
        {
            Description = "The versions of a schema, oldest first.",
            Arity = new ArgumentArity(2, 1000),
        };
        var mode = new Option<string>("--mode") { Description = "What must hold.", DefaultValueFactory = _ => "full" };
        mode.AcceptOnlyFromAmong("backward", "forward", "full");
        var transitive = new Option<bool>("--transitive")
        {
            Description = "Checks the last file against all others instead of the one before it.",
        };
        var command = new Command(
            "diff",
            "Shows what the last of some JSON Schemas changes and whom that breaks. "
            + "Backward: it admits each document of the earlier version. Forward: the earlier version admits each of its documents. "
            + "Ends with 1 when it is incompatible. "
            + "Example: contracts diff old.json new.json --mode full")
        {
            files,
            mode,
            transitive,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var versions = new List<SchemaDocument>();
            foreach (var file in parsed.GetRequiredValue(files))
            {
                versions.Add(await ReadAsync(file, cancellationToken));
            }

            var earlier = parsed.GetValue(transitive) ? versions[..^1] : versions[^2..^1];
            var diff = SchemaDiff.Of(versions[^1], earlier, parsed.GetRequiredValue(mode));
            DiffPrint.Print(diff, parsed.IsJson());
            return diff.IsCompatible ? ExitCode.Done : ExitCode.Refused;
        });
        return command.Writes<SchemaDiffJson>();
    }

    private static async Task<SchemaDocument> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return SchemaDocument.Parse(await ReadBytesAsync(file, cancellationToken), file);
        }
        catch (SchemaFormatException exception)
        {
            throw new OperationFailedException(exception.Message, ExitCode.Usage, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SecurityException)
        {
            throw new OperationFailedException($"The schema {file} can't be read: {exception.Message}", ExitCode.Usage, exception);
        }
    }

    // No more than the limit and one byte, so that a huge file is refused without being read.
    private static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        var bytes = new byte[SchemaDocument.MaximumBytes + 1];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return bytes.AsMemory(0, length);
    }
}
