using FsCheck.Xunit;
using Notifications.Worker.Sending;

namespace EventDriven.Tests.Notifications;

[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class BackOffTests
{
    private static readonly MailOptions Options = new();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(9, 256)]
    [InlineData(10, 300)]
    [InlineData(10_000, 300)]
    public void It_doubles_up_to_five_minutes(int attempts, double seconds) =>
        Assert.Equal(seconds, BackOff.After(Options, attempts, chance: 1).TotalSeconds, precision: 3);

    [Property]
    public bool Chance_takes_at_most_half_of_it(ushort attempts, ushort chance)
    {
        var whole = BackOff.After(Options, attempts + 1, chance: 1);
        var some = BackOff.After(Options, attempts + 1, chance / (double)ushort.MaxValue);
        return some >= whole / 2 && some <= whole;
    }
}
