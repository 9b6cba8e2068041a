using Confluent.Kafka;
using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Messaging;

/// <summary>
/// Law L8: what goes wrong in a group is a metric of it. That they leave a service, see <see cref="Application.TelemetryTests"/>.
/// </summary>
public sealed class MetricTests(Servers servers)
{
    private const string Away = "127.0.0.1:1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_dead_letter_is_counted_what_stands_behind_it_too()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            Behaviour = (_, _) => throw new InvalidOperationException("never"),
        };
        using var deadLetters = new Metered("messaging.dead_letters", options.Group!);
        await using var service = await NoteService.StartAsync(options, Token);

        var poison = new Message<byte[], byte[]> { Key = "poison"u8.ToArray(), Value = "{"u8.ToArray() };
        await Records.ProduceAsync(
            options.Kafka, options.Topic, [Records.Of(new Noted("a", 1)), Records.Of(new Noted("a", 2)), poison], Token);

        await Eventually.TrueAsync(async () => await service.QueryAsync("SELECT count(*) FROM messaging.dead_letters") is 3L);
        await Eventually.TrueAsync(() => deadLetters.Counted == 3);
    }

    [Fact]
    public async Task Look_ups_that_Redis_does_not_answer_are_counted()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Redis = Away };
        using var bypassed = new Metered("messaging.idempotency.bypassed", options.Group!);
        await using var service = await NoteService.StartAsync(options, Token);

        await service.AnnounceAsync(Token, new Noted("a", 1));

        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);
        await Eventually.TrueAsync(() => bypassed.Counted > 0);
    }

    [Fact]
    public async Task A_group_that_pauses_because_too_much_fails_says_so_until_it_goes_on()
    {
        var broken = true;
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            MaxParkedKeys = 5,
            Behaviour = (_, _) => broken ? throw new InvalidOperationException("broken") : Task.CompletedTask,
        };
        using var halted = new Metered("messaging.consumer.halted", options.Group!);
        await using var service = await NoteService.StartAsync(options, Token);
        await Eventually.TrueAsync(() => halted.Gauge() == 0);

        await service.AnnounceAsync(Token, [.. Enumerable.Range(0, 40).Select(key => new Noted($"key-{key}", 1))]);
        await Eventually.TrueAsync(() => halted.Gauge() == 1);

        broken = false;
        await Eventually.TrueAsync(() => halted.Gauge() == 0);
    }
}
