using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EventDriven.Hosting.Processes;
using EventDriven.Hosting.Services;
using EventDriven.Tests.KafkaEmulator;
using EventDriven.Tests.Messaging.Schema;
using Npgsql;
using StackExchange.Redis;

namespace EventDriven.Tests.Deployment;

/// <summary>
/// The jobs and services of <c>deploy/compose</c>, started as processes with the settings, and Redis with the command, that the file has
/// for them: containers without the containers.
/// </summary>
public sealed partial class DeployedServicesTests(Servers servers) : IAsyncDisposable
{
    private const int LinesKept = 50;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan JobTimeout = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<string, string> Projects = new(StringComparer.Ordinal)
    {
        ["inventory"] = "Inventory.Worker",
        ["checkout"] = "Checkout.Api",
        ["notifications"] = "Notifications.Worker",
        ["analytics"] = "Analytics.Worker",
        ["recommendations"] = "Recommendations.Worker",
    };

    private readonly JsonObject _file = Snapshot.Compose();
    private readonly Dictionary<string, int> _ports =
        Projects.Keys.Append("redis").ToDictionary(name => name, _ => EmulatorProcess.FreePort(), StringComparer.Ordinal);
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal);
    private readonly List<Process> _processes = [];
    private readonly Queue<string> _said = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_becomes_healthy_with_a_login_of_its_own()
    {
        StartRedis();
        await RunJobAsync("databases");
        await RunJobAsync("databases");
        await RunJobAsync("topics");
        foreach (var (service, project) in Projects)
        {
            Start(BuildOutput.DotNet, [BuildOutput.Program(project)], Environment(service));
        }

        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            await Task.WhenAll(Projects.Keys.Select(service => UntilHealthyAsync(http, service)));
        }
        catch (OperationCanceledException) when (!Token.IsCancellationRequested)
        {
            Assert.Fail($"Not everything was healthy within {StartTimeout}:\n{Said()}");
        }


        await using var server = new NpgsqlConnection($"{servers.Postgres};Database=postgres;Pooling=false");
        await server.OpenAsync(Token);
        Assert.Equal(
            Projects.Keys.Select(service => $"{service}db {service}").Order(StringComparer.Ordinal),
            await server.ReadAsync(
                $"""
                SELECT DISTINCT datname || ' ' || usename COLLATE "C" FROM pg_stat_activity
                WHERE datname IN ({string.Join(", ", Projects.Keys.Select(service => $"'{service}db'"))}) ORDER BY 1
                """,
                Token));
        await using var redis = await ConnectAsync("default", Value("REDIS_PASSWORD"));
        var clients = (string)(await redis.GetDatabase().ExecuteAsync("CLIENT", "LIST"))!;
        Assert.All(Projects.Keys, service => Assert.Contains($" user={service} ", clients, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_may_use_its_own_keys_in_Redis_and_administer_nothing()
    {
        StartRedis();
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await using var redis = await ConnectAsync("checkout", Value("REDIS_CHECKOUT_PASSWORD"));
                return true;
            }
            catch (RedisException)
            {
                return false;
            }
        });

        await using var checkout = await ConnectAsync("checkout", Value("REDIS_CHECKOUT_PASSWORD"));
        var keys = checkout.GetDatabase();
        Assert.All(
            ["inbox:{checkout}:a", "inbox:{checkout/2}:fence", "checkout:idempotency:a"],
            key => Assert.True(keys.StringSet(key, "1", TimeSpan.FromMinutes(1))));
        Assert.All(
            ["inbox:{inventory}:a", "inbox:{checkout2}:a", "other"],
            key => Assert.Throws<RedisServerException>(() => keys.StringSet(key, "1")));
        Assert.All(
            ["FLUSHALL", "CONFIG", "ACL"], command => Assert.Throws<RedisServerException>(() => keys.Execute(command, "LIST")));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }

            process.Dispose();
        }
    }

    private void StartRedis()
    {
        var program = Executable.Find("redis-server", "valkey-server")!;
        var command = Command("redis");
        Assert.EndsWith("redis-server -", command[^1], StringComparison.Ordinal);
        command[^1] = command[^1].Replace("$$", "$", StringComparison.Ordinal)
            .Replace("redis-server -", $"{program} - --bind 127.0.0.1 --port {_ports["redis"]}", StringComparison.Ordinal);
        Start(_file["services"]!["redis"]!["entrypoint"]![0]!.ToString(), command, Environment("redis"));
    }

    private async Task RunJobAsync(string job)
    {
        var process = Start(BuildOutput.DotNet, [BuildOutput.Program("EventDriven.Cli"), .. Command(job)], Environment(job));
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(Token);
        bounded.CancelAfter(JobTimeout);
        await process.WaitForExitAsync(bounded.Token);
        Assert.True(process.ExitCode == 0, $"The job '{job}' ended with {process.ExitCode}:\n{Said()}");
    }

    private Process Start(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var inherited in start.Environment.Keys.Where(
            name => name.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
        return process;

        void Note(string? line)
        {
            lock (_said)
            {
                _said.Enqueue($"{Path.GetFileName(arguments[0])}: {line}");
                if (_said.Count > LinesKept)
                {
                    _said.Dequeue();
                }
            }
        }
    }

    private async Task UntilHealthyAsync(HttpClient http, string service)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(Token);
        bounded.CancelAfter(StartTimeout);
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{_ports[service]}/health"), bounded.Token);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException
                || (exception is TaskCanceledException && !bounded.IsCancellationRequested))
            {
                // It does not listen yet, or has more to do than to answer.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, bounded.Token);
        }
    }

    private string Said()
    {
        lock (_said)
        {
            return string.Join('\n', _said);
        }
    }

    private Task<ConnectionMultiplexer> ConnectAsync(string user, string password) => ConnectionMultiplexer.ConnectAsync(
        $"127.0.0.1:{_ports["redis"]},user={user},password={password},allowAdmin=true,abortConnect=true,connectRetry=0");

    private string[] Command(string service) =>
        [.. _file["services"]![service]!["command"]!.AsArray().Select(argument => argument!.ToString())];

    /// <summary>A service's environment, with the addresses of this run in the place of the containers'.</summary>
    private Dictionary<string, string> Environment(string service)
    {
        var postgres = new NpgsqlConnectionStringBuilder(servers.Postgres);
        var environment = _file["services"]![service]!["environment"]!.AsObject().ToDictionary(
            variable => variable.Key,
            variable => Variable().Replace(variable.Value!.ToString(), match => Value(match.Groups["name"].Value))
                .Replace("Host=postgres;Port=5432", $"Host={postgres.Host};Port={postgres.Port}", StringComparison.Ordinal)
                .Replace("redis:6379", $"127.0.0.1:{_ports["redis"]}", StringComparison.Ordinal)
                .Replace("kafka:9092", servers.Kafka, StringComparison.Ordinal)
                .Replace("http://inventory:", "http://127.0.0.1:", StringComparison.Ordinal)
                .Replace("http://checkout:", "http://127.0.0.1:", StringComparison.Ordinal),
            StringComparer.Ordinal);
        environment["DOTNET_ENVIRONMENT"] = environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        if (servers.NoKafkaLogOnDisk is not null)
        {
            environment["Messaging__Cluster"] = "emulator";
        }

        return environment;
    }

    /// <summary>What whoever deploys fills in.</summary>
    private string Value(string variable) => variable switch
    {
        _ when variable.EndsWith("_PORT", StringComparison.Ordinal) => $"{_ports[variable[..^"_PORT".Length].ToLowerInvariant()]}",
        "POSTGRES_PASSWORD" => new NpgsqlConnectionStringBuilder(servers.Postgres).Password!,
        "IDENTITY_AUTHORITY" => "https://identity.example.com",
        "IDENTITY_TOKEN_ENDPOINT" => "https://identity.example.com/token",
        "IDENTITY_SCOPE_CLAIMS" => "scope scp",
        "IDENTITY_CUSTOMER_CLAIM" => "sub",
        "IDENTITY_EMAILS_ARE_VERIFIED" => "false",
        "PAYMENT_PROVIDER" => "https://payments.example.com",
        "PAYMENT_WEBHOOK_SECRET" => $"whsec_{Secret(variable, NewKey)}",
        "PERSONAL_DATA_MASTER_KEY" => Secret(variable, NewKey),
        "SMTP" => "smtp://user:password@127.0.0.1:2525",
        _ when variable.EndsWith("_PASSWORD", StringComparison.Ordinal) => Secret(variable, () => RandomNumberGenerator.GetHexString(32)),
        _ when variable.EndsWith("_SCOPE", StringComparison.Ordinal)
            || variable.EndsWith("_TOKEN_AUDIENCE", StringComparison.Ordinal) => "",
        _ => variable.ToLowerInvariant(),
    };

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private string Secret(string name, Func<string> make)
    {
        if (!_secrets.TryGetValue(name, out var secret))
        {
            _secrets[name] = secret = make();
        }

        return secret;
    }

    [GeneratedRegex("""\$\{(?<name>\w+)\}""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
