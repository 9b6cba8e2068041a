using EventDriven.Hosting;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Publishing;
using EventDriven.Identity;

namespace EventDriven.AppHost.Model;

/// <summary>
/// Who issues the tokens that services accept: in a local run the development issuer, whose key is made once and kept; in a deployment the
/// identity provider that it asks for.
/// </summary>
internal static class Identities
{
    private const string Bearer = "Authentication__Schemes__Bearer__";
    private const string ServiceAudience = "Authentication__ServiceAudience";

    /// <summary>The service accepts tokens.</summary>
    /// <param name="service">The service.</param>
    /// <param name="ownAudience">Whom tokens are for with which other services call this one; null when none calls it.</param>
    public static IResourceBuilder<ProjectResource> WithIdentities(
        this IResourceBuilder<ProjectResource> service, string? ownAudience = null)
    {
        if (service.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            return service.WithProvider(ownAudience);
        }

        var key = Key(ServerHost.Of(service.ApplicationBuilder).Data);
        foreach (var (name, value) in DevelopmentIssuer.Variables(key, Audiences.System))
        {
            // A consumer that joins needs them too, and the operator commands the key.
            service.WithEnvironment(name, value).WithStateEntry(name, value);
        }

        return ownAudience is null ? service
            : service.WithEnvironment($"{Bearer}ValidAudiences__{ownAudience}", ownAudience)
                .WithEnvironment(ServiceAudience, ownAudience);
    }

    /// <summary>
    /// The service calls another one, with tokens for that alone. A deployment asks for the client that the identity provider knows it by.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithServiceToken(this IResourceBuilder<ProjectResource> service, string audience)
    {
        var builder = service.ApplicationBuilder;
        if (!builder.ExecutionContext.IsPublishMode)
        {
            return service;
        }

        var client = $"Authentication__Clients__{audience}__";
        return service
            .WithEnvironment($"{client}TokenEndpoint", builder.Parameter("identity-token-endpoint"))
            .WithEnvironment($"{client}ClientId", builder.Parameter($"{service.Resource.Name}-client-id"))
            .WithEnvironment($"{client}ClientSecret", builder.Parameter($"{service.Resource.Name}-client-secret", isSecret: true))
            .WithEnvironment($"{client}Scope", builder.Parameter($"{audience}-scope", unlessGiven: ""))
            .WithEnvironment($"{client}Audience", builder.Parameter($"{audience}-token-audience", unlessGiven: ""));
    }

    /// <summary>
    /// People sign in to the service at the identity provider of a deployment, which knows it by the client of
    /// <see cref="WithServiceToken"/>.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithSignIn(this IResourceBuilder<ProjectResource> service)
    {
        const string OpenIdConnect = "Authentication__OpenIdConnect__";
        var builder = service.ApplicationBuilder;
        return service
            .WithEnvironment($"{OpenIdConnect}Authority", builder.Parameter("identity-authority"))
            .WithEnvironment($"{OpenIdConnect}ClientId", builder.Parameter($"{service.Resource.Name}-client-id"))
            .WithEnvironment($"{OpenIdConnect}ClientSecret", builder.Parameter($"{service.Resource.Name}-client-secret", isSecret: true));
    }

    /// <summary>The issuer of a local run.</summary>
    public static DevelopmentIssuer Issuer(DataDirectory data) => new(Key(data), TimeProvider.System);

    private static string Key(DataDirectory data) => data.Secret("token-key", DevelopmentIssuer.NewKey);

    private static IResourceBuilder<ProjectResource> WithProvider(this IResourceBuilder<ProjectResource> service, string? ownAudience)
    {
        var builder = service.ApplicationBuilder;
        service
            .WithEnvironment($"{Bearer}Authority", builder.Parameter("identity-authority"))
            .WithEnvironment($"{Bearer}ValidAudiences__system", builder.Parameter("identity-audience"))
            .WithEnvironment("Authentication__ScopeClaims", builder.Parameter("identity-scope-claims", unlessGiven: "scope scp"))
            .WithEnvironment("Authentication__CustomerClaim", builder.Parameter("identity-customer-claim", unlessGiven: "sub"))
            .WithEnvironment("Authentication__EmailsAreVerified", builder.Parameter("identity-emails-are-verified", unlessGiven: "false"));
        if (ownAudience is null)
        {
            return service;
        }

        var audience = builder.Parameter($"{ownAudience}-audience");
        return service.WithEnvironment($"{Bearer}ValidAudiences__{ownAudience}", audience).WithEnvironment(ServiceAudience, audience);
    }
}
