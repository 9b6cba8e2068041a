using System.Diagnostics;
using System.Globalization;
using EventDriven.LocalHost;
using Npgsql;
using StackExchange.Redis;

namespace EventDriven.Tests.LocalHost;

public sealed class LocalApplicationTests(RunningLocalApplication running) : IClassFixture<RunningLocalApplication>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LocalApplication Application => running.Application;

    [Fact]
    public async Task The_next_run_on_the_same_folder_finds_passwords_and_data_again()
    {
        await ExecuteAsync("create table kept (id int)");
        await using (var redis = await ConnectionMultiplexer.ConnectAsync(Application.ConnectionString("redis")))
        {
            await redis.GetDatabase().StringSetAsync("kept", "yes");
        }

        await running.RunAnewAsync();

        await ExecuteAsync("insert into kept values (1)");
        await using var again = await ConnectionMultiplexer.ConnectAsync(Application.ConnectionString("redis"));
        Assert.Equal("yes", await again.GetDatabase().StringGetAsync("kept"));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(running.Folder.FullName, "secrets.json")));
    }

    [Fact]
    public async Task Two_runs_never_share_a_folder()
    {
        var refusal = await Assert.ThrowsAsync<LocalApplicationException>(running.StartAsync);

        Assert.Contains(running.Folder.FullName, refusal.Message);
        await ExecuteAsync("select 1");
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("redis")]
    public async Task What_was_killed_comes_back_on_the_same_address(string server)
    {
        var before = Application.ConnectionString(server);
        // PostgreSQL's helper processes outlive it for a moment, and a session of ours must not keep it from starting.
        await using var session = new NpgsqlConnection(Application.ConnectionString("checkoutdb") + ";Pooling=false");
        await session.OpenAsync(Token);

        await Application.KillAsync(server);
        Assert.Equal(ResourceState.Stopped, Application.Resource(server).State);

        await Application.StartAsync(server, Token);
        Assert.Equal(ResourceState.Running, Application.Resource(server).State);
        Assert.Equal(before, Application.ConnectionString(server));
    }

    [Fact]
    public async Task What_dies_by_itself_is_reported_with_its_last_lines()
    {
        var pidFile = await File.ReadAllTextAsync(Path.Combine(running.Folder.FullName, "run", "redis.pid"), Token);

        Process.GetProcessById(int.Parse(pidFile.Split(' ')[0], CultureInfo.InvariantCulture)).Kill();

        await Eventually.TrueAsync(() => Application.Resource("redis").State == ResourceState.Failed);
        Assert.Contains("'redis' died", Application.Resource("redis").Failure);
        Assert.Contains("Ready to accept connections", Application.Resource("redis").Failure);
        await Application.StartAsync("redis", Token);
    }

    [Fact]
    public async Task When_one_server_can_not_start_it_is_named_and_none_is_left_behind()
    {
        var folder = Directory.CreateTempSubdirectory("eventdriven-tests-");

        var failure = await Assert.ThrowsAsync<LocalApplicationException>(() => LocalApplication.StartAsync(
            new LocalApplicationOptions { DataDirectory = folder.FullName, Services = [], KafkaHome = folder.FullName }, Token));

        Assert.Contains("KAFKA_HOME", failure.Message);
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.FullName, "run")));
        folder.Delete(recursive: true);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Application.ConnectionString("checkoutdb") + ";Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
