namespace EventDriven.Tests.Application.Harness;

/// <summary>One instance of each service, shared by the tests of the collection, which run one after another.</summary>
public sealed class OneOfEach : IAsyncLifetime
{
    private const int LinesTold = 15;
    private const int LineLength = 300;

    private ISystem? _system;
    private bool _hasTold;

    internal ISystem System => _system ?? throw new InvalidOperationException("The system has not been started.");

    internal SystemClient Client => new(System);

    internal async Task<Log> LogAsync() => new(await System.ConnectionStringAsync("kafka"));

    public async ValueTask InitializeAsync() => _system = await SystemUnderTest.StartAsync(replicas: 1, TestContext.Current.CancellationToken);

    /// <summary>
    /// At the end of each test: when it is the first that failed, tells the services' health and the last lines of their output, which is gone with
    /// the application.
    /// </summary>
    public async ValueTask TellIfFailedAsync()
    {
        if (_hasTold || TestContext.Current.TestState?.Result != TestResult.Failed)
        {
            return;
        }

        _hasTold = true;
        foreach (var service in SystemUnderTest.Services)
        {
            var output = (await System.OutputAsync(service)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach (var line in output.TakeLast(LinesTold))
            {
                Console.WriteLine($"{service,-15} | {(line.Length > LineLength ? line[..LineLength] : line)}");
            }

            Console.WriteLine($"{service,-15} | {await HealthAsync(System.Http(service))}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }
    }

    private static async Task<string> HealthAsync(HttpClient service)
    {
        try
        {
            using var answer = await service.GetAsync("/health", TestContext.Current.CancellationToken);
            return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return exception.Message;
        }
    }
}
