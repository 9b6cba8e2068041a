namespace EventDriven.Tests.Http;

/// <summary>A service whose database is behind a gate.</summary>
internal sealed class GatedApp(IServiceApp app, PostgresGate gate) : IAsyncDisposable
{
    public IServiceApp App { get; } = app;

    public PostgresGate Gate { get; } = gate;

    public static async Task<GatedApp> StartAsync(string service, Servers servers)
    {
        PostgresGate? gate = null;
        var app = await AllServices.StartAsync(
            service, servers, connectionString => (gate = PostgresGate.Before(connectionString)).Through(connectionString));
        return new GatedApp(app, gate!);
    }

    public async ValueTask DisposeAsync()
    {
        await Gate.DisposeAsync();
        await App.DisposeAsync();
    }
}
