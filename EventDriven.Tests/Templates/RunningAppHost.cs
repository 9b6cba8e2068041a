using System.Diagnostics;
using System.Text.Json;
using EventDriven.Tests.Packages;

namespace EventDriven.Tests.Templates;

/// <summary>The AppHost of an application that was made, as its users start it, with servers as processes and the emulator.</summary>
internal sealed class RunningAppHost : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    // Whoever runs the tests may have set them.
    private static readonly string[] Settings = ["ConnectionStrings__", "Replicas", "KAFKA_HOME"];

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;
    private readonly string _state;

    public RunningAppHost(string folder, string program)
    {
        _state = Path.Combine(folder, ".local", "state.json");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            // As launchSettings.json has it, with free ports.
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://127.0.0.1:0",
        };
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => Settings.Any(setting => name.StartsWith(setting, StringComparison.OrdinalIgnoreCase))))
        {
            environment[name] = "";
        }

        _process = Command.Start(folder, [program, "Servers=processes"], environment);
        (_output, _errors) = (_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
    }

    /// <summary>Where a service answers, as soon as that is known.</summary>
    public async Task<Uri> UrlAsync(string service, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await Eventually.TrueAsync(() => File.Exists(_state) || _process.HasExited, timeout);
        if (_process.HasExited)
        {
            Assert.Fail($"The AppHost ended with {_process.ExitCode}:\n{await _output}{await _errors}");
        }

        var state = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(_state, cancellationToken))!;
        return new Uri(state[$"services__{service}__http__0"]);
    }

    public async ValueTask DisposeAsync()
    {
        // In order, as Ctrl-C does it: what is killed leaves its servers behind for a while.
        using (var stop = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            await stop.WaitForExitAsync(CancellationToken.None);
        }

        try
        {
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(StopTimeout);
        }
        finally
        {
            _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }
    }
}
