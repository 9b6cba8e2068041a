using System.Security.Cryptography;
using System.Text;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Chaos.Running;

/// <summary>The small disks of a run's servers, mounted before these start, and unmounted when they have ended.</summary>
internal sealed class SmallDisks : IDisposable
{
    private readonly Dictionary<string, SmallDisk> _disks = new(StringComparer.Ordinal);

    /// <summary>Mounts one for each server; none where this process may not.</summary>
    /// <param name="data">Where the application is going to have its data.</param>
    /// <param name="servers">The servers whose disk is going to be full.</param>
    public static SmallDisks Mount(string data, IEnumerable<string> servers)
    {
        var disks = new SmallDisks();
        try
        {
            foreach (var server in SmallDisk.IsPossible ? servers.Distinct(StringComparer.Ordinal) : [])
            {
                disks._disks.Add(server, SmallDisk.Mount(Place(data, server)));
                if (server == Topology.Postgres)
                {
                    PointTo(data, Place(data, server));
                }
            }

            return disks;
        }
        catch
        {
            disks.Dispose();
            throw;
        }
    }

    /// <summary>Unmounts what a killed run has left there.</summary>
    /// <param name="data">Where the application had its data.</param>
    public static void Release(string data)
    {
        var servers = Topology.Servers.SelectMany(server => Topology.OnEachBroker(server, Topology.MostBrokers));
        foreach (var server in SmallDisk.IsPossible ? servers : [])
        {
            SmallDisk.Unmount(Place(data, server));
        }
    }

    /// <summary>A server's disk; null if it has none of its own.</summary>
    public SmallDisk? Of(string server) => _disks.GetValueOrDefault(server);

    public void Dispose()
    {
        foreach (var disk in _disks.Values)
        {
            disk.Dispose();
        }
    }

    // PostgreSQL moves its folder to where it is to be when it is whole, which it can't from one disk to another: the disk is mounted
    // above, where the server's user can reach it.
    private static string Place(string data, string server) => server != Topology.Postgres
        ? Path.Combine(data, server, "log")
        : Path.Combine("/var/lib/eventdriven", $"chaos-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)))[..12]}");

    // The AppHost takes the folder that this pointer names where the server's user can't reach the application's own.
    private static void PointTo(string data, string disk)
    {
        Directory.CreateDirectory(data);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        File.WriteAllText(Path.Combine(data, $"{Topology.Postgres}.location"), Path.Combine(disk, Topology.Postgres));
    }
}
