namespace EventDriven.Tests.Application.Harness;

/// <summary>One instance of each service, shared by the tests of the collection, which run one after another.</summary>
public sealed class OneOfEach : IAsyncLifetime
{
    private ISystem? _system;

    internal ISystem System => _system ?? throw new InvalidOperationException("The system has not been started.");

    internal SystemClient Client => new(System);

    internal async Task<Log> LogAsync() => new(await System.ConnectionStringAsync("kafka"));

    public async ValueTask InitializeAsync() => _system = await SystemUnderTest.StartAsync(replicas: 1, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }
    }
}
