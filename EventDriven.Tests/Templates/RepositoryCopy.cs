using System.Diagnostics;

namespace EventDriven.Tests.Templates;

/// <summary>The repository's sources in a folder of their own, committed, so that git says what has changed since.</summary>
internal sealed class RepositoryCopy : IDisposable
{
    // What is built, and what is not of the sources.
    private static readonly string[] Excluded = ["artifacts", "bin", "obj", "node_modules", ".git", ".local"];

    private static readonly TimeSpan GitTimeout = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventdriven-copy-");

    private RepositoryCopy()
    {
    }

    public string Folder => _folder.FullName;

    public static async Task<RepositoryCopy> CreateAsync(CancellationToken cancellationToken)
    {
        var copy = new RepositoryCopy();
        Copy(new DirectoryInfo(Repository.Root), copy._folder);

        // Which packages the NuGet sources have has been asked.
        var artifacts = copy._folder.CreateSubdirectory("artifacts");
        foreach (var answer in Directory.GetFiles(Path.Combine(Repository.Root, "artifacts"), "*.props"))
        {
            File.Copy(answer, Path.Combine(artifacts.FullName, Path.GetFileName(answer)));
        }

        await copy.GitAsync(["init", "--quiet"], cancellationToken);
        await copy.GitAsync(["add", "--all"], cancellationToken);
        await copy.GitAsync(
            ["-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "--quiet", "--no-verify", "-m", "Before"],
            cancellationToken);
        return copy;
    }

    /// <summary>What has changed since, as <c>git status</c> says it.</summary>
    public async Task<IReadOnlyList<string>> ChangesAsync(CancellationToken cancellationToken) =>
        (await GitAsync(["status", "--porcelain"], cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        // In a worktree, .git is a file that names the repository, which a copy must not touch.
        foreach (var file in from.GetFiles().Where(file => !Excluded.Contains(file.Name)))
        {
            file.CopyTo(Path.Combine(to.FullName, file.Name));
        }

        foreach (var inner in from.GetDirectories().Where(inner => !Excluded.Contains(inner.Name)))
        {
            Copy(inner, to.CreateSubdirectory(inner.Name));
        }
    }

    private async Task<string> GitAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };

        // A hook of git that runs the tests would name its own repository.
        foreach (var variable in (string[])["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"])
        {
            start.Environment.Remove(variable);
        }

        using var git = Process.Start(start)!;
        var output = await git.StandardOutput.ReadToEndAsync(cancellationToken);
        await git.WaitForExitAsync(cancellationToken).WaitAsync(GitTimeout, cancellationToken);
        return git.ExitCode == 0 ? output : throw new InvalidOperationException($"git {arguments[0]} ended with {git.ExitCode}.");
    }
}
