using EventDriven.Messaging;
using EventDriven.Tests.Messaging.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace EventDriven.Tests.Messaging.Privacy;

/// <summary>A service that greets people and reads of it, on real servers; its keys are where the test says.</summary>
internal sealed class GreetingService : IAsyncDisposable
{
    private readonly IHost _host;

    private GreetingService(IHost host) => _host = host;

    /// <summary>What its handler has read.</summary>
    public GreetingHandler.Notes Notes => _host.Services.GetRequiredService<GreetingHandler.Notes>();

    /// <param name="options">Its servers, topic and group.</param>
    /// <param name="keys">Who owns the keys; null for a service that opens nothing.</param>
    /// <param name="publishes">Whether it announces, with keys of its own.</param>
    public static async Task<GreetingService> StartAsync(NoteServiceOptions options, TestKeys? keys, TestKeys? publishes = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:kafka"] = options.Kafka,
            ["Messaging:Cluster"] = options.Cluster,
            ["Messaging:Retry:FirstDelay"] = "00:00:00.010",
            ["Messaging:Retry:LongestDelay"] = "00:00:00.020",
            ["Messaging:Retry:Attempts"] = "2",
            ["Messaging:Receipts:Enabled"] = "false",
            ["Messaging:Consumer:OperatorPollInterval"] = "00:00:00.100",
            ["Messaging:Consumer:SessionTimeout"] = "00:00:06",
        });
        builder.Services.AddLogging();
        builder.Services.AddDbContextPool<TestDatabase>(o => o.UseNpgsql(options.Database).UseSnakeCaseNamingConvention());
        builder.Services.AddSingleton<GreetingHandler.Notes>();
        var messaging = builder.AddMessaging<TestDatabase>("/greetings").UseKafka("kafka");
        if (publishes is not null)
        {
            builder.Services.AddScoped(_ => publishes);
            messaging.Publishes<GreetedPerson>(options.Topic, e => e.Person).SealsPersonalData<TestKeys>();
            if (options.AlsoPublishesTo is { } next)
            {
                messaging.AlsoPublishes<GreetedPerson, GreetedPersonAnew>(next, e => new GreetedPersonAnew(e.Person, e.Number, e.Email));
            }
        }

        if (keys is not null)
        {
            builder.Services.AddTransient<ReadKeys>(_ => new ReadKeys(keys));
            messaging.OpensPersonalData<ReadKeys>();
        }

        if (options.Group is { } group)
        {
            messaging.AddConsumer(group, consumer => consumer.Subscribe(options.Topic).AddHandler<GreetingHandler>());
        }

        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new GreetingService(host);
    }

    /// <summary>Greets people, each in a transaction of its own.</summary>
    public async Task GreetAsync(params GreetedPerson[] greetings)
    {
        foreach (var greeting in greetings)
        {
            await using var scope = _host.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<IOutbox>().Add(greeting, TimeProvider.System.GetUtcNow());
            await scope.ServiceProvider.GetRequiredService<TestDatabase>().SaveChangesAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until its handler has read so many.</summary>
    public Task<PersonGreeted[]> ReadAsync(int count) =>
        Eventually.GetAsync(() => Task.FromResult(Notes.Read.ToArray()), read => read.Length >= count);

    /// <summary>What its health says of the keys.</summary>
    public async Task<HealthReportEntry> KeysHealthAsync() => (await _host.Services.GetRequiredService<HealthCheckService>()
        .CheckHealthAsync(check => check.Name == "subject-keys", TestContext.Current.CancellationToken)).Entries.Single().Value;

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
