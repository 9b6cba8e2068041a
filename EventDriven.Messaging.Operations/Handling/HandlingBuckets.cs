namespace EventDriven.Messaging.Operations.Handling;

/// <summary>The buckets in which services count how long handling takes, as a histogram of OpenTelemetry does.</summary>
public static class HandlingBuckets
{
    private static readonly double[] Known =
    [
        0.001, 0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10,
        15, 20, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 86_400,
    ];

    /// <summary>Upper bound of each bucket, in seconds, but for the last bucket, which has none.</summary>
    public static IReadOnlyList<double> Bounds => Known;

    /// <summary>Number of buckets.</summary>
    public static int Count => Known.Length + 1;

    /// <summary>The bucket of a duration in seconds.</summary>
    public static int Of(double seconds)
    {
        var found = Array.BinarySearch(Known, seconds);
        return found >= 0 ? found : ~found;
    }
}
