namespace EventDriven.Benchmarks.Harness;

/// <summary>The build's output folder.</summary>
internal static class Artifacts
{
    // The program stands in artifacts/bin/EventDriven.Benchmarks/release.
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));
}
