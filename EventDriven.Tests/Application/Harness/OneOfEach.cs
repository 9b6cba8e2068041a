namespace EventDriven.Tests.Application.Harness;

/// <summary>One instance of each service, shared by the tests of the collection, which run one after another.</summary>
public sealed class OneOfEach : IAsyncLifetime
{
    private const int LinesTold = 15;
    private const int LineLength = 300;

    private SystemUnderTest? _system;
    private bool _hasTold;

    internal SystemUnderTest System => _system ?? throw new InvalidOperationException("The system has not been started.");

    internal SystemClient Client => new(System);

    internal async Task<Log> LogAsync() => new(await System.ConnectionStringAsync("kafka"));

    public async ValueTask InitializeAsync() =>
        _system = await SystemUnderTest.StartAsync(
            replicas: 1, TestContext.Current.CancellationToken, environment: null, "Servers=processes", "RestartServices=false",
            SystemUnderTest.WithControlRoom);

    /// <summary>
    /// At the end of each test: when it is the first that failed, tells the services' health and the last lines of their output, which is
    /// gone with the application.
    /// </summary>
    public async ValueTask TellIfFailedAsync()
    {
        if (_hasTold || TestContext.Current.TestState?.Result != TestResult.Failed)
        {
            return;
        }

        _hasTold = true;
        await Task.WhenAll(SystemUnderTest.Services.Select(async service =>
        {
            var said = await SayingAsync(async () => await System.OutputAsync(service));
            var health = await SayingAsync(
                async () => await (await System.Http(service).GetAsync("/health", CancellationToken.None)).Content.ReadAsStringAsync());
            var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(LinesTold)
                .Select(line => line.Length > LineLength ? line[..LineLength] : line)
                .Append(health);
            Console.WriteLine(string.Join('\n', lines.Select(line => $"{service,-15} | {line}")));
        }));
    }

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }
    }

    // Whatever it is that can't be told, the others are.
    private static async Task<string> SayingAsync(Func<Task<string>> told)
    {
        try
        {
            return await told();
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }
}
