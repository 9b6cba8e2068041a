using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting;
using Npgsql;
using StackExchange.Redis;

namespace EventDriven.Tests.Hosting;

public sealed class ServerProcessTests(RunningFolder running) : IClassFixture<RunningFolder>
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RunningServers Servers => running.Servers;

    [Fact]
    public async Task The_next_run_on_the_same_folder_finds_passwords_and_data_again()
    {
        await ExecuteAsync("create table kept (id int)");
        await using (var redis = await ConnectionMultiplexer.ConnectAsync(await Servers.ConnectionStringAsync("redis", Token)))
        {
            await redis.GetDatabase().StringSetAsync("kept", "yes");
        }

        await running.RunAnewAsync();

        await ExecuteAsync("insert into kept values (1)");
        await using var again = await ConnectionMultiplexer.ConnectAsync(await Servers.ConnectionStringAsync("redis", Token));
        Assert.Equal("yes", await again.GetDatabase().StringGetAsync("kept"));
    }

    [Theory]
    [InlineData("secrets.json")]
    [InlineData("state.json")]
    [InlineData("redis/redis.conf")]
    public async Task What_holds_a_password_is_for_its_owner_only(string file)
    {
        var path = Path.Combine(running.Folder.FullName, file);
        await Eventually.TrueAsync(() => File.Exists(path));

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task Two_runs_never_share_a_folder_and_the_second_is_told_of_the_first()
    {
        var refusal = await Assert.ThrowsAsync<HostingException>(running.StartAsync);

        Assert.Contains($"process {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refusal.Message, StringComparison.Ordinal);
        await ExecuteAsync("select 1");
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("redis")]
    public async Task What_was_killed_comes_back_on_the_same_address(string server)
    {
        var before = await Servers.ConnectionStringAsync(server, Token);

        // PostgreSQL's helper processes outlive it for a moment, and a session of ours must not keep it from starting.
        await using var session = new NpgsqlConnection(await Servers.ConnectionStringAsync("testdb", Token) + ";Pooling=false");
        await session.OpenAsync(Token);

        using (var process = Process.GetProcessById(Servers.Application.ResourceNotifications.Pid(server)))
        {
            process.Kill();
        }

        await Servers.Application.ResourceNotifications.WaitForResourceAsync(server, KnownResourceStates.TerminalStates, Token);
        await CommandAsync(server, KnownResourceCommands.StartCommand);
        await Servers.HealthyAsync(server, Token);

        Assert.Equal(before, await Servers.ConnectionStringAsync(server, Token));
        await ExecuteAsync("select 1");
    }

    [Fact]
    public async Task Two_processes_never_write_the_same_files()
    {
        // As when a run was killed, and its server has not gone yet.
        using var leftover = Process.Start(
            "flock", ["--no-fork", Path.Combine(running.Folder.FullName, "run", "redis.lock"), "sleep", "300"]);
        try
        {
            await CommandAsync("redis", KnownResourceCommands.StopCommand);
            await Servers.Application.ResourceNotifications.WaitForResourceAsync("redis", KnownResourceStates.TerminalStates, Token);
            await CommandAsync("redis", KnownResourceCommands.StartCommand);
            await Eventually.TrueAsync(() => File.ReadAllText($"/proc/{leftover.Id}/comm").Trim() == "sleep");
            await using var redis = await ConnectionMultiplexer.ConnectAsync(
                await Servers.ConnectionStringAsync("redis", Token) + ",abortConnect=false");
            Assert.False(redis.IsConnected);
        }
        finally
        {
            leftover.Kill();
        }

        await Servers.HealthyAsync("redis", Token);
    }

    [Theory]
    [InlineData("Servers=boats", "'boats'")]
    [InlineData("KAFKA_HOME=/nowhere", "KAFKA_HOME is /nowhere")]
    public async Task A_setting_that_can_not_be_followed_is_named_before_anything_starts(string setting, string named)
    {
        var folder = Directory.CreateTempSubdirectory("eventdriven-tests-");

        var refusal = await Assert.ThrowsAsync<HostingException>(
            () => RunningServers.StartAsync(Token, $"Data={folder.FullName}", setting));

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    private async Task CommandAsync(string server, string command)
    {
        Assert.True(Servers.Application.ResourceNotifications.TryGetCurrentState(server, out var state));
        Assert.True((await Servers.Application.ResourceCommands.ExecuteCommandAsync(state.ResourceId, command, Token)).Success);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await Servers.ConnectionStringAsync("testdb", Token) + ";Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
