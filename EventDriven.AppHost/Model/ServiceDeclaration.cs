using System.Diagnostics;
using System.Text.Json;
using EventDriven.Hosting;
using EventDriven.Hosting.Services;

namespace EventDriven.AppHost.Model;

/// <summary>What a service does with Kafka, as its own program says.</summary>
/// <param name="Writes">Topics that its events and receipts go to.</param>
/// <param name="Groups">Its consumer groups.</param>
internal sealed record ServiceDeclaration(IReadOnlyList<string> Writes, IReadOnlyList<DeclaredGroup> Groups)
{
    private const string Task = "access";
    private const string Nowhere = "localhost:1";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Every service but the control room, which works as the operator.</summary>
    public static IEnumerable<ProjectResource> Services(IDistributedApplicationBuilder builder) =>
        builder.Resources.OfType<ProjectResource>().Where(resource => resource.IsService() && resource.Name != ControlRoom.Name);

    /// <summary>Asks a service's program, which needs no server for it.</summary>
    /// <param name="service">The service.</param>
    /// <param name="receipts">Whether services send receipts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HostingException">It is not built, or does not answer.</exception>
    public static async Task<ServiceDeclaration> AskAsync(
        ProjectResource service, string receipts, CancellationToken cancellationToken)
    {
        var program = BuildOutput.Program(Path.GetFileNameWithoutExtension(service.GetProjectMetadata().ProjectPath));
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(Timeout);
        using var process = Process.Start(new ProcessStartInfo(BuildOutput.DotNet, [program, Task])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(program),
            Environment =
            {
                ["Logging__LogLevel__Default"] = "Warning",
                [Settings.ReceiptsVariable] = receipts,
                // It requires addresses, but this task never uses them.
                ["ConnectionStrings__kafka"] = Nowhere,
                ["ConnectionStrings__redis"] = Nowhere,
            },
        })!;
        try
        {
            var (output, errors) = (
                process.StandardOutput.ReadToEndAsync(bounded.Token), process.StandardError.ReadToEndAsync(bounded.Token));
            await process.WaitForExitAsync(bounded.Token);
            return (await output).Split('\n').Select(Parse).FirstOrDefault(said => said is not null) ?? throw new HostingException(
                $"{Path.GetFileName(program)} does not say what '{service.Name}' does with Kafka, and ended with {process.ExitCode}: "
                + await errors);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HostingException(
                $"{Path.GetFileName(program)} did not say within {Timeout.TotalSeconds:0} s what '{service.Name}' does with Kafka.",
                exception);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static ServiceDeclaration? Parse(string line)
    {
        if (!line.StartsWith('{'))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(line);
            return Read(json.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Other lines of JSON are the program's log.
    private static ServiceDeclaration? Read(JsonElement said) =>
        !said.TryGetProperty("kind", out var kind) || !kind.ValueEquals(Task) ? null : new ServiceDeclaration(
            [
                .. Texts(said.GetProperty("publishes")),
                .. said.GetProperty("receipts").GetString() is { } receipts ? [receipts] : Array.Empty<string>(),
            ],
            [
                .. said.GetProperty("groups").EnumerateArray().Select(group => new DeclaredGroup(
                    group.GetProperty("name").GetString()!,
                    [.. Texts(group.GetProperty("topics"))],
                    group.GetProperty("offsetsInDatabase").GetBoolean())),
            ]);

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(text => text.GetString()!);
}
