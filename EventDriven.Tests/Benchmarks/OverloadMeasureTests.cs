using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EventDriven.Benchmarks.Overload;

namespace EventDriven.Tests.Benchmarks;

/// <summary>What <c>./bench.sh overload</c> measures with.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class OverloadMeasureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(100)]
    [InlineData(900)]
    [InlineData(3_000)]
    public async Task What_is_sustained_is_found_from_below_and_from_above(int start)
    {
        const int Capacity = 1_000;

        var sustained = await SustainedRate.FindAsync(start, rate => Task.FromResult(Of(rate, accepted: Math.Min(rate, Capacity))));

        Assert.InRange(sustained, Capacity / 1.3, Capacity * 1.01);
    }

    [Fact]
    public async Task Nothing_sustained_is_an_error() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => SustainedRate.FindAsync(10, rate => Task.FromResult(Of(rate, accepted: 0))));

    [Fact]
    public void One_order_lost_and_one_doubled_are_two()
    {
        var (kept, lost) = (Guid.Parse("0190a1b2-0000-7000-8000-000000000001"), Guid.Parse("0190a1b2-0000-7000-8000-000000000002"));

        Assert.Equal(0, KeyComparison.NotOnce([kept, lost], [lost, kept]));
        Assert.Equal(2, KeyComparison.NotOnce([kept, lost], [kept, kept]));
    }

    [Fact]
    public async Task An_answer_that_never_comes_is_none()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}");
        using var connection = new FloodConnection(url, "token", bound: TimeSpan.FromMilliseconds(200));
        var started = Stopwatch.GetTimestamp();

        var status = await connection.PlaceAsync(Guid.Empty, Token).WaitAsync(TimeSpan.FromSeconds(20), Token);

        Assert.Equal(0, status);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.19, 20);
        Assert.Equal(30, FloodConnection.AnswerBound.TotalSeconds);
    }

    private static FloodResult Of(int rate, int accepted) => new(
        rate, 1, new Guid[rate], [.. Enumerable.Range(0, rate).Select(i => (short)(i < accepted ? 201 : 503))], new float[rate],
        new float[rate]);
}
