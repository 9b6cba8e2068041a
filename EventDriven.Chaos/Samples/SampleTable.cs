using System.Globalization;
using EventDriven.Chaos.Tables;

namespace EventDriven.Chaos.Samples;

/// <summary>Samples as text.</summary>
internal static class SampleTable
{
    /// <summary>The first, last and greatest value of each series.</summary>
    public static string Of(IEnumerable<Sample> samples) => TextTable.Of(
        ["what", "first", "last", "worst"],
        samples.GroupBy(sample => (sample.Kind, sample.Of)).OrderBy(series => series.Key.Kind)
            .ThenBy(series => series.Key.Of, StringComparer.Ordinal)
            .Select(series => (Name: Growth.Name(series.Key.Kind, series.Key.Of), Values: series.OrderBy(sample => sample.At).ToList()))
            .Select(series => (string[])
            [
                series.Name, Text(series.Values[0].Value), Text(series.Values[^1].Value), Text(series.Values.Max(sample => sample.Value)),
            ]));

    /// <summary>The titles of a file of samples.</summary>
    public static string Titles => "seconds\torders\tkind\tof\tvalue";

    /// <summary>The line of a sample in such a file.</summary>
    public static string Line(Sample sample) => string.Join(
        '\t', sample.At.TotalSeconds.ToString("0", CultureInfo.InvariantCulture), sample.Orders.ToString(CultureInfo.InvariantCulture),
        sample.Kind, sample.Of, Text(sample.Value));

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
