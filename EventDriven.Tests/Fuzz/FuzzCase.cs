using System.Globalization;
using System.Text;

namespace EventDriven.Tests.Fuzz;

/// <summary>One case. What it does follows from its number and the seed alone, so that it can be repeated without others.</summary>
internal sealed class FuzzCase(int seed, int number)
{
    private const int MostShown = 1_500;

    /// <summary>Number of the case, from 0.</summary>
    public int Number => number;

    /// <summary>The case's own random numbers.</summary>
    public Random Random { get; } = new(unchecked((seed * 1_000_003) + number));

    /// <summary>What was given to the code under test; said before it runs, so that a failure can show it.</summary>
    public string Input { get; private set; } = "";

    /// <summary>Shows a text as the case's input, and returns it.</summary>
    public string Says(string input)
    {
        Input += $"{(Input.Length == 0 ? "" : " | ")}{Escaped(input)}";
        return input;
    }

    /// <summary>Shows bytes as the case's input, and returns them.</summary>
    public byte[] Says(byte[] input)
    {
        Says(Encoding.Latin1.GetString(input, 0, Math.Min(input.Length, MostShown + 1)));
        return input;
    }

    /// <summary>One of some.</summary>
    public T Pick<T>(IReadOnlyList<T> of) => of[Random.Next(of.Count)];

    /// <summary>True in so many cases of a hundred.</summary>
    public bool Chance(int percent) => Random.Next(100) < percent;

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, MostShown)))
        {
            escaped.Append(character is >= ' ' and <= '~'
                ? character.ToString()
                : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"));
        }

        return text.Length > MostShown
            ? string.Create(CultureInfo.InvariantCulture, $"{escaped}… ({text.Length} in all)")
            : escaped.ToString();
    }
}
