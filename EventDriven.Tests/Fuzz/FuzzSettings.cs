using System.Globalization;

namespace EventDriven.Tests.Fuzz;

/// <summary>How a fuzz run is set, by environment variables. <c>./test.sh --fuzz</c> sets them.</summary>
internal static class FuzzSettings
{
    public const string SeedVariable = "FUZZ_SEED";
    public const string TimesVariable = "FUZZ_TIMES";
    public const string CaseVariable = "FUZZ_CASE";

    /// <summary>All inputs follow from it. Fixed unless given, so that a build of the same code has the same result.</summary>
    public static int Seed { get; } = Read(SeedVariable) ?? 46;

    /// <summary>How many times as many cases as usual.</summary>
    public static int Times { get; } = Read(TimesVariable) ?? 1;

    /// <summary>The only case to run, to repeat one that failed; null for all.</summary>
    public static int? OnlyCase { get; } = Read(CaseVariable);

    private static int? Read(string variable) => Environment.GetEnvironmentVariable(variable) switch
    {
        null or "" => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw new InvalidOperationException($"{variable} is '{text}': write a whole number of 0 or more."),
    };
}
