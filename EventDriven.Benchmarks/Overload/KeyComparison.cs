namespace EventDriven.Benchmarks.Overload;

/// <summary>Compares the keys of what should be there with those of what is.</summary>
internal static class KeyComparison
{
    /// <summary>How many of what is expected are missing, and how many of what was found are doubled.</summary>
    public static int NotOnce(HashSet<Guid> expected, IEnumerable<Guid> found)
    {
        var counts = found.CountBy(key => key).ToDictionary();
        return expected.Count(key => !counts.ContainsKey(key)) + counts.Values.Count(count => count > 1);
    }
}
