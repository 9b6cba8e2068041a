using EventDriven.Messaging;

namespace EventDriven.Tests.Chaos.Simulation;

/// <summary>What all parts of a simulated system share: chance, time and the one defect that it may have.</summary>
internal sealed class World(int seed, Defect defect)
{
    /// <summary>When every run begins.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private readonly Random _random = new(seed);

    /// <summary>The time.</summary>
    public DateTimeOffset Now { get; private set; } = Begin;

    /// <summary>Whether the system has this defect.</summary>
    public bool Has(Defect which) => defect == which;

    /// <summary>Whether the system has this defect, and it shows now.</summary>
    public bool Shows(Defect which, double probability) => defect == which && Chance(probability);

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>One of some.</summary>
    public T Pick<T>(IReadOnlyList<T> some) => some[_random.Next(some.Count)];

    /// <summary>A number from 1.</summary>
    public int Number(int atMost) => _random.Next(atMost) + 1;

    /// <summary>Time goes on to the next step of the run.</summary>
    public void NextStep() => Now += Step;

    /// <summary>Time goes on within a step.</summary>
    public void Tick() => Now += TimeSpan.FromMilliseconds(1);

    /// <summary>A new id that tells its time (UUIDv7).</summary>
    public Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        var milliseconds = Now.ToUnixTimeMilliseconds();
        for (var i = 5; i >= 0; i--, milliseconds >>= 8)
        {
            bytes[i] = (byte)milliseconds;
        }

        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>What an event is known by.</summary>
    public static Guid Identity(string source, string id) => EventIdentity.Of(source, id);
}
