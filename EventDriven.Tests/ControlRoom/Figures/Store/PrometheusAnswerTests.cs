using System.Text;
using System.Text.Json;
using EventDriven.ControlRoom.Figures.Store;

namespace EventDriven.Tests.ControlRoom.Figures.Store;

/// <summary>Reading what a metrics store answers.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class PrometheusAnswerTests
{
    [Fact]
    public void A_matrix_is_series_with_labels_and_values()
    {
        var series = Read(
            """
            {"status":"success","data":{"resultType":"matrix","result":[
              {"metric":{"messaging_consumer_group_name":"inventory"},
               "values":[[1764500000,"1.5"],[1764500060.5,"NaN"],[1764500120,"+Inf"]]},
              {"metric":{},"values":[]}]},"warnings":["something"]}
            """);

        Assert.Equal("inventory", series[0].Labels["messaging_consumer_group_name"]);
        Assert.Equal([(1764500000, 1.5), (1764500060.5, double.NaN), (1764500120, double.PositiveInfinity)], series[0].Values);
        Assert.Empty(series[1].Values);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>sign in</html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"status":"success"}""")]
    [InlineData("""{"status":"error","error":"no"}""")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":null}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"values":[]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[null]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1]]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[null]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,2]]}]}}""")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"many"]]}]}}""")]
    public void Anything_else_is_refused(string answer) => Assert.ThrowsAny<JsonException>(() => Read(answer));

    [Theory]
    [InlineData("""{"status":"error","errorType":"bad_data","error":"parse error"}""", "parse error")]
    [InlineData("<html>", null)]
    [InlineData("", null)]
    public void A_refusal_may_have_a_reason(string answer, string? reason) =>
        Assert.Equal(reason, PrometheusAnswer.Reason(Encoding.UTF8.GetBytes(answer)));

    private static IReadOnlyList<StoredSeries> Read(string answer) => PrometheusAnswer.Series(Encoding.UTF8.GetBytes(answer));
}
