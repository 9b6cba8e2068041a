using EventDriven.Chaos.Inside;
using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Chaos;

/// <summary>What the fault rig has inside of a service's process: a wrong clock, and handlers that fail.</summary>
public sealed class InsideTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chaos-inside-").FullName;
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly InstructionFile _file;

    public InsideTests() => _file = new InstructionFile(Path.Combine(_folder, "checkout.json"), _time);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [Trait(UnitTest.Trait, UnitTest.Value)]
    public void Without_instructions_nothing_is_wrong()
    {
        using var services = Services();

        Assert.InRange(services.GetRequiredService<TimeProvider>().GetUtcNow() - TimeProvider.System.GetUtcNow(), -Second, Second);
        Assert.NotNull(services.GetRequiredService<Handler>());
        Assert.Empty(_file.Effects());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    [Trait(UnitTest.Trait, UnitTest.Value)]
    public void A_clock_is_as_wrong_as_it_is_told_and_says_once_that_somebody_looked(int minutes)
    {
        using var services = Services();
        var (offset, clock) = (TimeSpan.FromMinutes(minutes), services.GetRequiredService<TimeProvider>());

        Instruct(new Instructions { ClockOffset = offset });

        Assert.InRange(clock.GetUtcNow() - TimeProvider.System.GetUtcNow() - offset, -Second, Second);
        Assert.InRange(clock.GetUtcNow() - TimeProvider.System.GetUtcNow() - offset, -Second, Second);
        Assert.Equal(1, _file.Effects()[WrongClock.Effect(offset)]);

        Instruct(new Instructions());
        Assert.InRange(clock.GetUtcNow() - TimeProvider.System.GetUtcNow(), -Second, Second);
    }

    [Fact]
    [Trait(UnitTest.Trait, UnitTest.Value)]
    public void A_handler_fails_before_its_effect_until_it_is_told_otherwise()
    {
        using var services = Services();
        Instruct(new Instructions { FailBeforeEffect = 1 });

        Assert.Throws<InjectedFailureException>(services.GetRequiredService<Handler>);
        Assert.Equal(1, _file.Effects()[HandlerFaults.FailedBeforeEffect]);

        Instruct(new Instructions());
        Assert.NotNull(services.GetRequiredService<Handler>());
    }

    [Fact]
    [Trait(UnitTest.Trait, UnitTest.Value)]
    public void Instructions_that_cannot_be_read_leave_everything_as_it_was()
    {
        Instruct(new Instructions { FailBeforeEffect = 1 });
        Assert.Equal(1, _file.Current.FailBeforeEffect);

        File.WriteAllText(Path.Combine(_folder, "checkout.json"), "{");
        _time.Advance(Second);

        Assert.Equal(1, _file.Current.FailBeforeEffect);
    }

    private static TimeSpan Second => TimeSpan.FromSeconds(1);

    private void Instruct(Instructions instructions)
    {
        _file.Write(instructions);
        _time.Advance(Second);
    }

    private ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddDbContext<Database>(options => options.UseInMemoryDatabase("inside"));
        services.AddTransient<Handler>();
        services.AddFaults(_file);
        return services.BuildServiceProvider();
    }

    private sealed record Something;

    private sealed class Handler : IEventHandler<Something>
    {
        public Task HandleAsync(EventContext<Something> context, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Database(DbContextOptions<Database> options) : DbContext(options);
}
