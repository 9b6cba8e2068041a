namespace EventDriven.Messaging.Consuming.Failing;

/// <summary>Counts what happened within the last minute, in slices of 10 s. Not thread-safe.</summary>
internal sealed class MinuteCount(TimeProvider time)
{
    private const int Slices = 6;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(10);

    private readonly long[] _slice = new long[Slices];
    private readonly int[] _count = new int[Slices];

    /// <summary>How often it happened within the minute.</summary>
    public int Value
    {
        get
        {
            var oldest = Now() - Slices;
            var sum = 0;
            for (var i = 0; i < Slices; i++)
            {
                sum += _slice[i] > oldest ? _count[i] : 0;
            }

            return sum;
        }
    }

    public void Add(int times)
    {
        var now = Now();
        var index = (int)(now % Slices);
        if (_slice[index] != now)
        {
            (_slice[index], _count[index]) = (now, 0);
        }

        _count[index] += times;
    }

    public void Clear() => Array.Clear(_count);

    private long Now() => time.GetRunningTime().Ticks / Slice.Ticks;
}
