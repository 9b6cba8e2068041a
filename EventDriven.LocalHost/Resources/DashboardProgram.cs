using EventDriven.LocalHost.Processes;
using EventDriven.LocalHost.Storage;

namespace EventDriven.LocalHost.Resources;

/// <summary>Finds the Aspire dashboard of this machine.</summary>
internal static class DashboardProgram
{
    private const string InBundle = "bundle/managed/aspire-managed";

    /// <summary>
    /// The command that starts it: the program in the bundle that <c>./run.sh --with-dashboard</c> or the Aspire CLI has unpacked, else the
    /// CLI itself, which unpacks it at the first start; null when there is neither.
    /// </summary>
    public static (string Program, string[] Arguments)? Find()
    {
        var home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aspire");
        var cli = Executable.Find("aspire") ?? Existing(Path.Combine(home, "bin", "aspire"));
        var managed = Existing(Path.Combine(Repository.Root, "artifacts", "tools", "aspire", InBundle))
            ?? Existing(Path.Combine(home, InBundle))
            ?? Existing(Path.Combine(Path.GetDirectoryName(cli) ?? "/", "..", InBundle));
        if (managed is not null)
        {
            return (managed, ["dashboard"]);
        }

        return cli is null ? null : (cli, ["dashboard", "run"]);
    }

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
