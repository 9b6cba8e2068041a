using System.CommandLine;
using System.Text;
using EventDriven.Messaging.Contracts.Commands.Json;

namespace EventDriven.Messaging.Contracts.Commands;

/// <summary>A file that a command makes from the code.</summary>
/// <param name="path">Where it is.</param>
internal sealed class GeneratedFile(string path)
{
    /// <summary>Whether the file is only held against what would be written.</summary>
    public static Option<bool> Check() => new("--check") { Description = "Writes nothing. Exit code 1 if the file says something else." };

    /// <summary>Where the file is written.</summary>
    public static Option<string> Output(string path) => new("--output") { Description = "The file.", DefaultValueFactory = _ => path };

    /// <summary>Its folder, in full.</summary>
    public string Folder => Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <summary>Tells which files were written, or which are stale, for a person.</summary>
    /// <param name="files">The files.</param>
    /// <param name="command">The command that writes them, as it is typed.</param>
    public static void Tell(IEnumerable<GeneratedFileJson> files, string command)
    {
        foreach (var file in files)
        {
            if (file.Written)
            {
                Console.WriteLine(file.File);
            }
            else if (!file.UpToDate)
            {
                Console.Error.WriteLine($"{file.File} is not what the code says now. Run: {command}");
            }
        }
    }

    /// <summary>Writes the file, or checks it.</summary>
    /// <param name="text">What it must say.</param>
    /// <param name="check">Whether it is only checked.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<GeneratedFileJson> WriteAsync(string text, bool check, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path);
        if (!check)
        {
            Directory.CreateDirectory(Folder);
            await File.WriteAllTextAsync(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
            return new GeneratedFileJson(full, Written: true, UpToDate: true);
        }

        var written = File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken) : "";
        return new GeneratedFileJson(full, Written: false, written.ReplaceLineEndings("\n") == text);
    }

    /// <summary>Writes the file, or checks it, and tells it.</summary>
    /// <param name="parsed">The command line; says whether for a program.</param>
    /// <param name="text">What it must say.</param>
    /// <param name="check">Whether it is only checked.</param>
    /// <param name="command">The command that writes it, as it is typed.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The command's exit code.</returns>
    public async Task<int> WriteAsync(ParseResult parsed, string text, bool check, string command, CancellationToken cancellationToken)
    {
        var file = await WriteAsync(text, check, cancellationToken);
        parsed.Write(file, () => Tell([file], command));
        return file.UpToDate ? 0 : 1;
    }
}
