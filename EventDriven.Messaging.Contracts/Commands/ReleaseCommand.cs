using System.CommandLine;
using EventDriven.Messaging.Contracts.Commands.Json;

namespace EventDriven.Messaging.Contracts.Commands;

/// <summary><c>contracts release</c>: from now on, consumers rely on it.</summary>
internal static class ReleaseCommand
{
    public static Command Create()
    {
        var command = new Command(
            "release",
            "Releases every unshipped contract: its file gets the next version and never changes again. Example: contracts release");
        command.SetContractAction((parsed, _) =>
        {
            var released = parsed.OpenFolder().Release();
            parsed.Write(
                new WrittenFilesJson([.. released]),
                () => Console.WriteLine(released.Count == 0 ? "Nothing is unshipped." : string.Join(Environment.NewLine, released)));
            return Task.FromResult(0);
        });
        return command;
    }
}
