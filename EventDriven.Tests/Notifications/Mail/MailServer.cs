using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EventDriven.Tests.KafkaEmulator;

namespace EventDriven.Tests.Notifications.Mail;

/// <summary>
/// A real mail server: exim4 on a loopback port, with a configuration and a spool of its own. It keeps what it takes; recipients
/// <c>refused@…</c> are answered with 550, <c>later@…</c> with 451 until <see cref="AcceptLater"/>.
/// </summary>
internal sealed class MailServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/exim4";
    private const string User = "Debian-exim";
    private readonly string _directory = Directory.CreateTempSubdirectory("eventdriven-exim-").FullName;
    private readonly int _port = EmulatorProcess.FreePort();
    private Process? _daemon;

    public static string? WhyNot => File.Exists(Program) ? null : "exim4 is not installed.";

    public string ConnectionString => $"smtp://127.0.0.1:{_port}";

    private string Spool => Path.Combine(_directory, "spool", "input");

    private string Pid => Path.Combine(_directory, "exim.pid");

    /// <summary>Starts the server; before, nothing listens on its port.</summary>
    public async Task StartAsync()
    {
        var configuration = Path.Combine(_directory, "exim.conf");
        await File.WriteAllTextAsync(configuration, Configuration(), TestContext.Current.CancellationToken);
        await RunAsync("chown", "-R", $"{User}:{User}", _directory);

        // A daemon may only be started by root and by exim's own user; as the latter it never has root's rights.
        _daemon = Start("setpriv", "--reuid", User, "--regid", User, "--clear-groups", Program, "-C", configuration, "-bdf");
        await Eventually.TrueAsync(AnswersAsync);
    }

    /// <summary>From now on <c>later@…</c> is accepted.</summary>
    public Task AcceptLaterAsync() => RunAsync("touch", Path.Combine(_directory, "accept-later"));

    /// <summary>Headers and envelope of each message that it took.</summary>
    public async Task<IReadOnlyList<string>> TakenAsync()
    {
        if (!Directory.Exists(Spool))
        {
            return [];
        }

        return await Task.WhenAll(
            Directory.GetFiles(Spool, "*-H").Select(f => File.ReadAllTextAsync(f, TestContext.Current.CancellationToken)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null)
        {
            await RunAsync("kill", (await File.ReadAllTextAsync(Pid)).Trim());
            await _daemon.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
            _daemon.Dispose();
        }

        await RunAsync("rm", "-rf", _directory);
    }

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.IsPrivilegedProcess ? program : "sudo")
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        foreach (var argument in Environment.IsPrivilegedProcess ? arguments : ["-n", program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;

        // It also keeps a log; this only keeps it from talking into the tests' output.
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        await process.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10));
    }

    private async Task<bool> AnswersAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, _port, TestContext.Current.CancellationToken);
            using var reader = new StreamReader(client.GetStream());
            return await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } greeting
                && greeting.StartsWith("220", StringComparison.Ordinal);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private string Configuration() => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        ACCEPT_LATER = {{{_directory}}}/accept-later
        spool_directory = {{{_directory}}}/spool
        log_file_path = {{{_directory}}}/%slog
        pid_file_path = {{{Pid}}}
        primary_hostname = localhost
        local_interfaces = 127.0.0.1
        daemon_smtp_ports = {{{_port}}}
        host_lookup =
        tls_advertise_hosts =
        keep_environment =
        queue_only = true
        acl_smtp_rcpt = recipient
        acl_smtp_data = data
        begin acl
        recipient:
          deny    local_parts = refused
                  message = 550 5.1.1 No such mailbox
          defer   local_parts = later
                  condition = ${if !exists{ACCEPT_LATER}}
                  message = 451 4.7.1 Come back later
          accept
        data:
          accept

        """);
}
