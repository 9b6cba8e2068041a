using Bunit;
using EventDriven.ControlRoom.Figures.Charts;

namespace EventDriven.Tests.ControlRoom.Figures;

/// <summary>What charts draw, and what they say to whoever sees none.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ChartTests : BunitContext
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.9, 1)]
    [InlineData(4, 4)]
    [InlineData(4.1, 8)]
    [InlineData(37, 40)]
    [InlineData(41, 80)]
    [InlineData(90, 100)]
    [InlineData(1_234, 2_000)]
    public void An_axis_ends_at_a_round_number_above_every_value(double most, double top)
    {
        var scale = ChartScale.Of(Of(most));

        Assert.Equal(top, scale.Most, precision: 6);
        Assert.Equal((0, top), (scale.Ticks[0], Math.Round(scale.Ticks[^1], 6)));
        Assert.Equal((ChartScale.Bottom, ChartScale.Top), (scale.Y(0), scale.Y(scale.Most)));
    }

    [Fact]
    public void Times_are_whole_minutes_and_few()
    {
        var hour = ChartScale.Of(new Chart("c", "C", ChartUnit.Events, [Series(0, 3_600)]));
        var minutes = ChartScale.Of(new Chart("c", "C", ChartUnit.Events, [Series(20, 320)]));

        Assert.Equal([0, 10, 20, 30, 40, 50, 60], hour.Times.Select(time => (time - Begin).TotalMinutes));
        Assert.Equal([1, 2, 3, 4, 5], minutes.Times.Select(time => (time - Begin).TotalMinutes));
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(24, false)]
    [InlineData(7 * 24, true)]
    public void A_longer_range_has_few_times_too_and_days_where_a_time_alone_says_nothing(int hours, bool hasDays)
    {
        var scale = ChartScale.Of(new Chart("c", "C", ChartUnit.Events, [Series(0, hours * 3_600)]));

        Assert.InRange(scale.Times.Count, 3, 7);
        Assert.Equal(hasDays, scale.HasDays);
        Assert.All(scale.Times, time => Assert.Equal(hasDays ? TimeSpan.Zero : new TimeSpan(time.Hour, 0, 0), time.TimeOfDay));
    }

    [Fact]
    public void A_line_is_broken_where_nothing_is_known()
    {
        var series = new ChartSeries(
            "a", "/", [new(Begin, 1), new(Begin.AddSeconds(1), null), new(Begin.AddSeconds(2), 2), new(Begin.AddSeconds(3), 3)]);
        var path = ChartScale.Of(new Chart("c", "C", ChartUnit.Events, [series])).Path(series);

        Assert.Equal("MhMhL", string.Concat(path.Where(char.IsLetter)));
    }

    [Fact]
    public void The_picture_has_a_text_and_its_numbers_stand_in_a_table()
    {
        var chart = Render<LineChart>(parameters => parameters.Add(chart => chart.Chart, Of(5)));

        Assert.Equal("Chart. Latest: a 5.0/s", chart.Find("svg[role=img]").GetAttribute("aria-label"));
        Assert.Equal("/#topic-a", chart.Find(".legend a").GetAttribute("href"));
        Assert.Equal(["12:00:01", "12:00:00"], chart.FindAll("tbody th").Select(time => time.TextContent));
        Assert.Equal(["5.0/s", "5.0/s"], chart.FindAll("tbody td").Select(value => value.TextContent));
    }

    [Fact]
    public void Without_a_value_there_is_no_picture()
    {
        var chart = Render<LineChart>(parameters => parameters.Add(
            chart => chart.Chart, new Chart("c", "C", ChartUnit.Events, [new ChartSeries("a", "/", [new ChartPoint(Begin, null)])])));

        Assert.Empty(chart.FindAll("svg, table"));
    }

    [Fact]
    public void The_longest_bar_is_that_of_the_greatest_value()
    {
        var chart = Render<BarChart>(parameters => parameters
            .Add(chart => chart.Id, "c").Add(chart => chart.Title, "C")
            .Add(chart => chart.Heading, "State").Add(chart => chart.Unit, "Orders")
            .Add(
                chart => chart.Bars,
                [new ChartBar("Placed", "/", 40, "40"), new ChartBar("Confirmed", "/", 10, "10") { Detail = "25 %" }]));

        Assert.Equal(["100", "25"], chart.FindAll("rect").Select(bar => bar.GetAttribute("width")));
        Assert.Contains("25 %", chart.Find("tbody tr:last-child").TextContent, StringComparison.Ordinal);
    }

    private static Chart Of(double most) => new("c", "Chart", ChartUnit.PerSecond,
        [new ChartSeries("a", "/#topic-a", [new ChartPoint(Begin, most), new ChartPoint(Begin.AddSeconds(1), most)])]);

    private static ChartSeries Series(int from, int to) =>
        new("a", "/", [new ChartPoint(Begin.AddSeconds(from), 1), new ChartPoint(Begin.AddSeconds(to), 1)]);
}
