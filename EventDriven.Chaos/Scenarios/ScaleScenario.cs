using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using EventDriven.Messaging.Operations.Handling;
using EventDriven.Messaging.Operations.Status;
using Npgsql;

namespace EventDriven.Chaos.Scenarios;

/// <summary>
/// Ten times the load comes, more than one instance of Notifications can handle, whose every message is made to take a while. Three more
/// instances each of Notifications and Inventory come, and go when the load has gone.
/// </summary>
/// <param name="application">The application, with one instance of Inventory, and none of Notifications.</param>
/// <param name="program">Path of a project's program.</param>
/// <param name="time">The clock.</param>
/// <param name="say">Receives what happens.</param>
internal sealed class ScaleScenario(ScaledApplication application, Func<string, string> program, TimeProvider time, Action<string> say)
{
    /// <summary>The lag that is to be kept, in seconds.</summary>
    public const double LagBound = 5;

    private const int Times = 10;
    private const int More = 3;
    private const int Readings = 4;
    private const string Slow = "notifications";
    private const string Database = "notificationsdb";

    // By requests a second before. Of ten requests come fifteen messages. An instance writes two batches at once, and a batch takes less
    // than a second, far less than it may: so it writes two thirds of the messages of ten times the load at most, and four instances write
    // all of them and what has piled up.
    private const int MessagesABatch = 4;
    private const double SecondsAMessage = 0.19;

    private const string SpeedUp = "DROP FUNCTION IF EXISTS slow_effect() CASCADE";

    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(4);

    private static readonly Dictionary<string, string> Projects =
        new(StringComparer.Ordinal) { [Slow] = "Notifications.Worker", ["inventory"] = "Inventory.Worker" };

    private static readonly string[] Groups = [.. Projects.Keys];

    /// <summary>Runs it.</summary>
    /// <param name="perSecond">Requests a second, before there are ten times as many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">One instance kept up with the load, or four did not.</exception>
    public async Task<ScaleResult> RunAsync(int perSecond, CancellationToken cancellationToken)
    {
        using var lags = new GroupLags(application, time);
        var check = await ScenarioCheck.BeginAsync(application, lags, time, cancellationToken);
        using var load = new ScenarioLoad(
            application,
            new Dictionary<string, Uri>(StringComparer.Ordinal)
            {
                ["checkout"] = application.Address("checkout"),
                ["inventory"] = application.Address("inventory"),
            },
            perSecond,
            time);
        var added = new List<AddedInstance>();
        await using var notifications = NpgsqlDataSource.Create(application.ConnectionStrings[Database]);
        await using var first = await StartAsync(Slow, number: 1, perSecond, cancellationToken);
        await load.PrepareAsync(cancellationToken);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = load.RunAsync(ending.Token, cancellationToken);
        try
        {
            await ExecuteAsync(notifications, SlowDown(SecondsAMessage / perSecond), cancellationToken);
            var before = await lags.UntilAsync(Groups, IsKept, Readings, Bound, cancellationToken);
            Say($"one instance each, {perSecond} requests/s: {before.Largest:0.0} s behind");

            load.ChangeTo(Times * perSecond);
            var late = await lags.UntilAsync([Slow], lag => lag > LagBound, inARow: 1, Bound, cancellationToken);
            Say($"{Times * perSecond} requests/s: {late.Largest:0.0} s behind after {late.Took.TotalSeconds:0.0} s");

            var asked = time.GetTimestamp();
            added.AddRange(await Task.WhenAll(Projects.SelectMany(
                service => Enumerable.Range(2, More), (service, number) => StartAsync(service.Key, number, perSecond, cancellationToken))));
            var ready = time.GetElapsedTime(asked);
            var kept = await lags.UntilAsync(Groups, IsKept, Readings, Bound, cancellationToken);
            var members = (await lags.ReadAsync(cancellationToken))
                .Where(part => part.Kind == StatusPartKind.Group && Groups.Contains(part.Name))
                .ToDictionary(part => part.Name, part => part.Members ?? 0, StringComparer.Ordinal);
            var handled = await HandledAsync(added, cancellationToken);
            var took = kept.Took.TotalSeconds;
            Say($"{More} more of each, ready after {ready.TotalSeconds:0.0} s: {kept.Largest:0.0} s behind, {took:0.0} s later");

            load.ChangeTo(perSecond);
            await Task.WhenAll(added.Select(instance => instance.StopAsync()));
            var after = await lags.UntilAsync(Groups, IsKept, Readings, Bound, cancellationToken);
            took = after.Took.TotalSeconds;
            Say($"{perSecond} requests/s, one instance each: {after.Largest:0.0} s behind, {took:0.0} s after the others' end");
            await ExecuteAsync(notifications, SpeedUp, cancellationToken);
            await ending.CancelAsync();
            await running;
            Say($"{load.Requests} requests, {load.Failures.Count} of them failed");
            return new ScaleResult(load.Orders, members, handled, await check.FindAsync(load.Operations, cancellationToken))
            {
                Failures =
                    [.. load.Failures, .. added.Where(instance => instance.WasKilled).Select(instance => $"{instance.Name} did not end")],
            };
        }
        finally
        {
            await ending.CancelAsync();
            await running;
            await Task.WhenAll(added.Select(instance => instance.DisposeAsync().AsTask()));
            await ExecuteAsync(notifications, SpeedUp, CancellationToken.None);
        }
    }

    // As a slow disk would make it.
    private static string SlowDown(double seconds) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        CREATE FUNCTION slow_effect() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep({seconds}); RETURN NEW; END $$;
        CREATE TRIGGER slow_effect BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION slow_effect();
        """);

    private static bool IsKept(double lag) => lag < LagBound;

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private Task<AddedInstance> StartAsync(
        string service, int number, int perSecond, CancellationToken cancellationToken) => AddedInstance.StartAsync(
        application,
        service,
        string.Create(CultureInfo.InvariantCulture, $"{service}-added-{number}"),
        program(Projects[service]),
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Messaging__Consumer__BatchSize"] = string.Create(CultureInfo.InvariantCulture, $"{MessagesABatch * perSecond}"),
        },
        cancellationToken);

    /// <summary>How many events each instance has handled, as it says itself.</summary>
    private async Task<Dictionary<string, long>> HandledAsync(IEnumerable<AddedInstance> instances, CancellationToken cancellationToken)
    {
        var handled = new Dictionary<string, long>(StringComparer.Ordinal);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", application.Token);
        foreach (var instance in instances)
        {
            var groups = await http.GetFromJsonAsync<List<GroupHandling>>(new Uri(instance.Address, "/handling"), cancellationToken);
            handled[instance.Name] = groups!.Sum(group => group.Ages.Sum());
        }

        return handled;
    }

    private void Say(FormattableString what) => say(what.ToString(CultureInfo.InvariantCulture));
}
