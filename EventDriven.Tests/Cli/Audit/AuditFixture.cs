using EventDriven.Cli.Audit.Trail;
using EventDriven.Messaging.Operations.Audit;
using EventDriven.Tests.Messaging.Schema;
using Npgsql;

namespace EventDriven.Tests.Cli.Audit;

/// <summary>The database of an audit trail of its own.</summary>
internal sealed class AuditFixture
{
    public const string Password = "0perator's password";

    private readonly string _administrator;

    private AuditFixture(string administrator, AuditDatabase database)
    {
        _administrator = new NpgsqlConnectionStringBuilder(administrator) { Database = database.Database }.ConnectionString;
        ConnectionString = database.ConnectionString(administrator);
        Trail = new PostgresAuditTrail(ConnectionString);
    }

    /// <summary>As the commands have it.</summary>
    public string ConnectionString { get; }

    public PostgresAuditTrail Trail { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<AuditFixture> CreateAsync(Servers servers)
    {
        var database = new AuditDatabase(Password, $"audit{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}");
        await database.EnsureAsync(servers.Postgres, Token);
        await database.EnsureAsync(servers.Postgres, Token);
        return new AuditFixture(servers.Postgres, database);
    }

    public static AuditRecord Record(int number) => new(
        Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), "ada", "desk", $"forget {number}", "a test", AuditPhase.Started)
    {
        Subject = "ada@example.org",
        Detail = "nothing",
    };

    /// <summary>Adds entries 1, 2, 3 and so on.</summary>
    public async Task AppendAsync(int count)
    {
        for (var number = 1; number <= count; number++)
        {
            await Trail.AppendAsync(Record(number), Token);
        }
    }

    public Task<List<AuditEntry>> EntriesAsync() => new AuditReader(Trail).AllAsync(Token).ToListAsync(Token).AsTask();

    /// <summary>What the check finds first, and the check.</summary>
    public async Task<(AuditFault? Fault, AuditCheck Check)> CheckAsync(ReadOnlyMemory<byte>? head = null)
    {
        var check = new AuditCheck(head);
        await check.RunAsync(new AuditReader(Trail).AllAsync(Token), Token);
        return (check.Faults is [var first, ..] ? first : null, check);
    }

    /// <summary>What a superuser does who takes the table's triggers away.</summary>
    public async Task TamperAsync(string sql)
    {
        await using var connection = await OpenAsync(_administrator);
        await connection.RunAsync($"ALTER TABLE audit.entries DISABLE TRIGGER ALL; {sql}", Token);
    }

    /// <summary>Runs a statement as the commands' role.</summary>
    public async Task RunAsync(string sql)
    {
        await using var connection = await OpenAsync(ConnectionString);
        await connection.RunAsync(sql, Token);
    }

    /// <summary>Runs a statement as a superuser, triggers included.</summary>
    public async Task RunAsAdministratorAsync(string sql)
    {
        await using var connection = await OpenAsync(_administrator);
        await connection.RunAsync(sql, Token);
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Token);
        return connection;
    }
}
