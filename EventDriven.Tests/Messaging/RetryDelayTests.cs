using EventDriven.Messaging;
using FsCheck.Xunit;

namespace EventDriven.Tests.Messaging;

[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class RetryDelayTests
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1, 200)]
    [InlineData(2, 400)]
    [InlineData(5, 3_200)]
    [InlineData(50, 30_000)]
    public void The_delay_doubles_up_to_its_cap(int attempt, double expectedMs) =>
        Assert.Equal(expectedMs, RetryPolicy.DelayAfter(attempt, First, Longest, random: 0.5).TotalMilliseconds, tolerance: 0.001);

    [Property]
    public bool Jitter_stays_within_a_fifth_and_under_the_cap(byte attempt, byte draw)
    {
        var random = draw / 256.0;
        var delay = RetryPolicy.DelayAfter(attempt + 1, First, Longest, random);
        var middle = RetryPolicy.DelayAfter(attempt + 1, First, TimeSpan.MaxValue, 0.5);
        return delay <= Longest && delay > TimeSpan.Zero && (delay == Longest || (delay >= middle * 0.8 && delay <= middle * 1.2));
    }
}
