using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace EventDriven.ControlRoom.Figures.Store;

/// <summary>Checks at start that queries can be made, and that a token is shown to nobody on the way.</summary>
internal sealed partial class PrometheusOptionsValidation : IValidateOptions<PrometheusOptions>
{
    private const string Address = $"{PrometheusOptions.Section}:{nameof(PrometheusOptions.Prometheus)}";
    private const string Token = $"{PrometheusOptions.Section}:{nameof(PrometheusOptions.PrometheusToken)}";
    private const string Matchers = $"{PrometheusOptions.Section}:{nameof(PrometheusOptions.PrometheusMatchers)}";

    public ValidateOptionsResult Validate(string? name, PrometheusOptions options)
    {
        if (options.Prometheus is not { } address)
        {
            return string.IsNullOrEmpty(options.PrometheusToken) && string.IsNullOrEmpty(options.PrometheusMatchers)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"{Address} is not set: set it, or remove {Token} and {Matchers}.");
        }

        if (address is not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" })
        {
            return ValidateOptionsResult.Fail(
                $"{Address} must be the base address of the store, such as https://prometheus.example, without a query, user or password.");
        }

        if (!string.IsNullOrEmpty(options.PrometheusToken) && address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
        {
            return ValidateOptionsResult.Fail(
                $"{Token} would be sent unencrypted: let {Address} begin with https, or remove the token.");
        }

        return string.IsNullOrEmpty(options.PrometheusMatchers) || Selector().IsMatch(options.PrometheusMatchers)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"""{Matchers} must be label matchers, separated by commas, such as deployment_environment="live",job=~"shop/.*".""");
    }

    [GeneratedRegex(
        """\A[a-zA-Z_]\w*(=|!=|=~|!~)"([^"\\\n]|\\.)*"(,[a-zA-Z_]\w*(=|!=|=~|!~)"([^"\\\n]|\\.)*")*\z""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Selector();
}
