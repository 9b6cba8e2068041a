using System.Globalization;

namespace EventDriven.Hosting.Processes;

/// <summary>An account of the operating system, as <c>/etc/passwd</c> lists it.</summary>
internal sealed record SystemUser(string Name, uint Uid, uint Gid)
{
    /// <summary>
    /// The user for a server that refuses to run as root: <c>postgres</c>, otherwise <c>nobody</c>; null if this process isn't root.
    /// </summary>
    /// <exception cref="HostingException">This process is root and there is no such account.</exception>
    public static SystemUser? Unprivileged() =>
        !Environment.IsPrivilegedProcess
            ? null
            : Find("postgres") ?? Find("nobody")
                ?? throw new HostingException(
                    "PostgreSQL does not run as root, and there is neither a user 'postgres' nor 'nobody' to run it as.");

    /// <summary>Whether any user may traverse every folder down to this path.</summary>
    public static bool OthersReach(string path)
    {
        for (var folder = Directory.GetParent(path); folder is not null; folder = folder.Parent)
        {
            if (!folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }

        return true;
    }

    private static SystemUser? Find(string name) =>
        File.ReadLines("/etc/passwd")
            .Select(line => line.Split(':'))
            .Where(fields => fields.Length >= 4 && fields[0] == name)
            .Select(fields => new SystemUser(
                name, uint.Parse(fields[2], CultureInfo.InvariantCulture), uint.Parse(fields[3], CultureInfo.InvariantCulture)))
            .FirstOrDefault();
}
