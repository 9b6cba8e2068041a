using System.Text.Json;

namespace EventDriven.Benchmarks.Harness.Reports;

/// <summary><c>artifacts/bench.json</c>.</summary>
internal static class FigureFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task WriteAsync(string path, IReadOnlyList<Figure> figures, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, figures, Json, cancellationToken);
    }
}
