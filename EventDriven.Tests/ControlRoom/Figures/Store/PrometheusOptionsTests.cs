using EventDriven.ControlRoom.Figures.Store;

namespace EventDriven.Tests.ControlRoom.Figures.Store;

/// <summary>What a control room that can't ask its store says at start.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class PrometheusOptionsTests
{
    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, "", "")]
    [InlineData("http://prometheus:9090", null, null)]
    [InlineData("https://metrics.example/tenant/a/", "token", "job=\"shop\"")]
    [InlineData("http://127.0.0.1:9090", "token", "job=~\"shop/.*\",env!=\"a\\\"b\"")]
    public void What_can_be_asked_is_right(string? address, string? token, string? matchers) =>
        Assert.True(Validate(address, token, matchers).Succeeded);

    [Theory]
    [InlineData("prometheus:9090", null, null, "base address")]
    [InlineData("ftp://prometheus", null, null, "base address")]
    [InlineData("/api", null, null, "base address")]
    [InlineData("https://a:b@prometheus", null, null, "without a query, user or password")]
    [InlineData("https://prometheus?x=1", null, null, "without a query")]
    [InlineData("http://prometheus:9090", "token", null, "unencrypted")]
    [InlineData(null, "token", null, "is not set")]
    [InlineData(null, null, "job=\"shop\"", "is not set")]
    [InlineData("https://prometheus", null, "shop", "label matchers")]
    [InlineData("https://prometheus", null, "job=\"shop\"} or up{", "label matchers")]
    [InlineData("https://prometheus", null, "job=\"shop\",", "label matchers")]
    public void Else_the_start_says_what_to_write(string? address, string? token, string? matchers, string says)
    {
        var result = Validate(address, token, matchers);

        Assert.True(result.Failed);
        Assert.Contains(says, result.FailureMessage, StringComparison.Ordinal);
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(string? address, string? token, string? matchers) =>
        new PrometheusOptionsValidation().Validate(null, new PrometheusOptions
        {
            Prometheus = address is null ? null : new Uri(address, UriKind.RelativeOrAbsolute),
            PrometheusToken = token,
            PrometheusMatchers = matchers,
        });
}
