using System.CommandLine;
using System.Text;

namespace EventDriven.Messaging.Contracts.Commands;

/// <summary>A file that a command makes from the contracts.</summary>
/// <param name="path">Where it is.</param>
internal sealed class GeneratedFile(string path)
{
    /// <summary>Whether the file is only held against what would be written.</summary>
    public static Option<bool> Check() => new("--check") { Description = "Writes nothing. Exit code 1 if the file says something else." };

    /// <summary>Where the file is written.</summary>
    public static Option<string> Output(string path) => new("--output") { Description = "The file.", DefaultValueFactory = _ => path };

    /// <summary>Its folder, in full.</summary>
    public string Folder => Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <summary>Writes the file, or checks it.</summary>
    /// <param name="text">What it must say.</param>
    /// <param name="check">Whether it is only checked.</param>
    /// <param name="command">The command that writes it, as it is typed.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The command's exit code.</returns>
    public async Task<int> WriteAsync(string text, bool check, string command, CancellationToken cancellationToken)
    {
        if (!check)
        {
            Directory.CreateDirectory(Folder);
            await File.WriteAllTextAsync(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
            Console.WriteLine(Path.GetFullPath(path));
            return 0;
        }

        var written = File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken) : "";
        if (written.ReplaceLineEndings("\n") == text)
        {
            return 0;
        }

        await Console.Error.WriteLineAsync($"{path} is not what the contracts say now. Run: {command}");
        return 1;
    }
}
