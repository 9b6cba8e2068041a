using System.Globalization;

namespace EventDriven.Chaos.Inside;

/// <summary>
/// The system's clock, as far off as the instructions say. Elapsed times and timers are right, as on a machine whose date is wrong.
/// </summary>
internal sealed class WrongClock(InstructionFile instructions) : TimeProvider
{
    private long _offset;

    /// <summary>What is noted when somebody has read the time off a clock that was wrong by so many seconds.</summary>
    public static string Effect(TimeSpan offset) => string.Create(CultureInfo.InvariantCulture, $"clock {offset.TotalSeconds:0}");

    public override DateTimeOffset GetUtcNow()
    {
        var offset = instructions.Current.ClockOffset;
        if (Interlocked.Exchange(ref _offset, offset.Ticks) != offset.Ticks)
        {
            instructions.Note(Effect(offset));
        }

        return base.GetUtcNow() + offset;
    }
}
