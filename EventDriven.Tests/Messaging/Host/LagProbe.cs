using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Lag;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace EventDriven.Tests.Messaging.Host;

/// <summary>Measures a group's lag as another process would, by a clock of its own.</summary>
internal sealed class LagProbe : IAsyncDisposable
{
    private readonly NoteServiceOptions _options;
    private readonly KafkaAdmin _admin;
    private readonly NpgsqlConnection _database;
    private readonly LagReader _reader;

    public LagProbe(NoteServiceOptions options)
    {
        _options = options;
        _admin = KafkaAdmin.Open(KafkaSettings.Parse(options.Kafka));
        _database = new NpgsqlConnection(options.Database);
        _reader = new LagReader(KafkaSettings.Parse(options.Kafka), Clock);
    }

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public async Task<GroupLag> ReadAsync()
    {
        var token = TestContext.Current.CancellationToken;
        if (_database.State != System.Data.ConnectionState.Open)
        {
            await _database.OpenAsync(token);
        }

        var group = await Eventually.GetAsync(
            async () => (await new GroupAdmin(_database).ListAsync(token)).SingleOrDefault(g => g.Name == _options.Group),
            found => found is not null);
        return await _reader.ReadAsync(_admin, _database, group!, token);
    }

    /// <summary>Waits until the group has caught up.</summary>
    public Task<GroupLag> CaughtUpAsync() => Eventually.GetAsync(ReadAsync, lag => lag.Events == 0);

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _admin.Dispose();
        return _database.DisposeAsync();
    }
}
