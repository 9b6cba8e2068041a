using EventDriven.Chaos.Inside;
using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Tests.Chaos;

/// <summary>What the fault rig does to the transaction of a service's handler.</summary>
public sealed class InsideTransactionTests(Servers servers) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chaos-inside-").FullName;
    private InstructionFile _file = null!;
    private ServiceProvider _services = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _file = new InstructionFile(Path.Combine(_folder, "checkout.json"), TimeProvider.System);
        var address = await servers.CreateDatabaseAsync(Token);
        var services = new ServiceCollection();
        services.AddDbContext<Database>(options => options.UseNpgsql(address));
        services.AddTransient<Handler>();
        services.AddFaults(_file);
        _services = services.BuildServiceProvider();
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Database>().Database.ExecuteSqlAsync($"CREATE TABLE effects (id int)", Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_handler_that_fails_before_its_commit_has_no_effect()
    {
        _file.Write(new Instructions { FailBeforeCommit = 1 });

        await Assert.ThrowsAsync<InjectedFailureException>(() => CommitAsync(handles: true));

        Assert.Equal(0, await EffectsAsync());
        Assert.Equal(1, _file.Effects()[HandlerFaults.FailedBeforeCommit]);
    }

    [Fact]
    public async Task A_slow_handler_commits_all_the_same()
    {
        _file.Write(new Instructions { Slow = 1 });

        await CommitAsync(handles: true);

        Assert.Equal(1, await EffectsAsync());
        Assert.Equal(1, _file.Effects()[HandlerFaults.WasSlow]);
    }

    [Fact]
    public async Task What_no_handler_does_is_committed()
    {
        _file.Write(new Instructions { FailBeforeCommit = 1 });

        await CommitAsync(handles: false);

        Assert.Equal(1, await EffectsAsync());
        Assert.Empty(_file.Effects());
    }

    // As the library does it: the handler is made within the transaction of the scope's own database.
    private async Task CommitAsync(bool handles)
    {
        await using var scope = _services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<Database>();
        await using var transaction = await database.Database.BeginTransactionAsync(Token);
        if (handles)
        {
            scope.ServiceProvider.GetRequiredService<Handler>();
        }

        await database.Database.ExecuteSqlAsync($"INSERT INTO effects VALUES (1)", Token);
        await transaction.CommitAsync(Token);
    }

    private async Task<int> EffectsAsync()
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Database>().Database
            .SqlQuery<int>($"""SELECT count(*)::int AS "Value" FROM effects""").SingleAsync(Token);
    }

    private sealed record Something;

    private sealed class Handler : IEventHandler<Something>
    {
        public Task HandleAsync(EventContext<Something> context, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Database(DbContextOptions<Database> options) : DbContext(options);
}
