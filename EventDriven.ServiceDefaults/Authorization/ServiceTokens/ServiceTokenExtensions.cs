using EventDriven.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventDriven.ServiceDefaults.Authorization.ServiceTokens;

/// <summary>Adds tokens to calls of another service.</summary>
public static class ServiceTokenExtensions
{
    private const string PlainHttp = "Authentication:Schemes:Bearer:RequireHttpsMetadata";
    private const string Section = $"{IdentityOptions.Section}:Clients";

    /// <summary>Each request of the client carries a token that is for the called service alone.</summary>
    /// <param name="client">The client.</param>
    /// <param name="audience">
    /// The called service: the token's audience during development, and the name of its section in <c>Authentication:Clients</c>.
    /// </param>
    /// <param name="scopes">What the token allows, during development.</param>
    public static IHttpClientBuilder AddServiceToken(this IHttpClientBuilder client, string audience, params IReadOnlyList<string> scopes)
    {
        ArgumentNullException.ThrowIfNull(client);
        client.Services.AddServiceTokens(audience, scopes);
        return client.AddHttpMessageHandler(
            services => new ServiceTokenHandler(services.GetRequiredKeyedService<IServiceTokens>(audience)));
    }

    /// <summary>Adds <see cref="IServiceTokens"/>, with the audience as its key.</summary>
    /// <param name="services">The service's own.</param>
    /// <param name="audience">
    /// Whom the tokens are for during development, and the name of their section in <c>Authentication:Clients</c>.
    /// </param>
    /// <param name="scopes">What the tokens allow, during development.</param>
    public static IServiceCollection AddServiceTokens(
        this IServiceCollection services, string audience, params IReadOnlyList<string> scopes)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<ServiceTokenOptions>(audience)
            .BindConfiguration($"{Section}:{audience}")
            .Validate<IConfiguration, IHostEnvironment>(
                (options, configuration, environment) => IsComplete(options) || DevelopmentKey(configuration, environment) is not null,
                $"Calls of {audience} have no token: set {Section}:{audience}:TokenEndpoint, ClientId and ClientSecret (docs/security.md).")
            .Validate<IConfiguration>(
                (options, configuration) => options.TokenEndpoint is null || options.TokenEndpoint.Scheme == Uri.UriSchemeHttps
                    || configuration.GetValue(PlainHttp, defaultValue: true) is false,
                $"{Section}:{audience}:TokenEndpoint must begin with https, because the client's secret is sent to it ({PlainHttp}=false "
                + "allows http, for a provider on loopback).")
            .ValidateOnStart();
        services.AddHttpClient(ClientCredentials.Client);
        return services.AddKeyedSingleton<IServiceTokens>(audience, (provider, _) => Tokens(provider, audience, scopes));
    }

    private static IServiceTokens Tokens(IServiceProvider services, string audience, IReadOnlyList<string> scopes)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var environment = services.GetRequiredService<IHostEnvironment>();
        var options = services.GetRequiredService<IOptionsMonitor<ServiceTokenOptions>>();
        var key = DevelopmentKey(services.GetRequiredService<IConfiguration>(), environment);
        return IsComplete(options.Get(audience)) || key is null
            ? new ClientCredentials(
                () => options.Get(audience), services.GetRequiredService<IHttpClientFactory>(), time)
            : new DevelopmentTokens(
                new DevelopmentIssuer(key, time),
                new TokenRequest(environment.ApplicationName) { Audience = audience, Scopes = scopes });
    }

    private static bool IsComplete(ServiceTokenOptions options) =>
        options is { TokenEndpoint.IsAbsoluteUri: true, ClientId.Length: > 0, ClientSecret.Length: > 0 };

    private static string? DevelopmentKey(IConfiguration configuration, IHostEnvironment environment) =>
        environment.IsDevelopment() ? configuration[DevelopmentIssuer.KeySetting] : null;
}
