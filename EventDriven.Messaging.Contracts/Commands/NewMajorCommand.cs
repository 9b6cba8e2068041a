using System.CommandLine;
using EventDriven.Messaging.Contracts.Commands.Json;
using EventDriven.Messaging.Contracts.Majors;

namespace EventDriven.Messaging.Contracts.Commands;

/// <summary><c>contracts new-major</c>: where a breaking change begins.</summary>
internal static class NewMajorCommand
{
    public static Command Create()
    {
        var topic = new Argument<string>("topic") { Description = "Topic, without its version." };
        var command = new Command(
            "new-major",
            "Copies the records of a topic into their next major version, with conversions, so that both can be published while consumers "
            + "move; and says what else to write. Example: contracts new-major orders")
        {
            topic,
        };
        command.SetContractAction(async (parsed, cancellationToken) =>
        {
            var landscape = await parsed.ReadLandscapeAsync(cancellationToken);
            var major = NewMajor.Of(landscape, parsed.GetRequiredValue(topic));
            major.Write();
            var folder = parsed.OpenFolder();
            var root = Path.GetDirectoryName(folder.Root)!;
            var output = new NewMajorJson(
                [.. major.Files.Keys.Select(file => Path.GetRelativePath(root, file))], NextSteps.Of(major, landscape, folder));
            parsed.Write(output, () => Console.WriteLine(string.Join(Environment.NewLine, [.. output.Files, output.Next])));
            return 0;
        });
        return command;
    }
}
