using EventDriven.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace EventDriven.ServiceDefaults.Http.Reference;

/// <summary>Says in the OpenAPI document what each operation needs, and lets the page try it out during development.</summary>
internal static class ApiSecurity
{
    private const string Scheme = "bearer";
    private const string Subject = "api-reference";
    private static readonly string[] Forwarded = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host"];
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Adds the scheme, and to each operation the scopes that it needs and the answers of those that lack them.</summary>
    public static void AddSecurity(this OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = Scheme,
                BearerFormat = "JWT",
                Description = "A token of the identity provider. During development: ./eventdriven token --scope SCOPE.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (!metadata.OfType<IAllowAnonymous>().Any())
            {
                Require(operation, context.Document, metadata.OfType<IAuthorizeData>().Select(data => data.Policy).OfType<string>());
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>
    /// During development, the page has a token with every scope, for whoever opens it on this machine under a name of this machine.
    /// </summary>
    public static ScalarOptions WithDevelopmentToken(this ScalarOptions page, HttpContext http)
    {
        if (TokenOf(http) is { } token)
        {
            http.Response.Headers.CacheControl = "no-store";
            page.AddPreferredSecuritySchemes(Scheme).AddHttpAuthentication(Scheme, scheme => scheme.Token = token);
        }

        return page;
    }

    private static void Require(OpenApiOperation operation, OpenApiDocument? document, IEnumerable<string> policies)
    {
        operation.Security ??= [];
        operation.Security.Add(
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [.. policies.Distinct()] });
        operation.Responses ??= [];
        operation.Responses.TryAdd("401", new OpenApiResponse { Description = "There is no valid token." });
        operation.Responses.TryAdd("403", new OpenApiResponse { Description = "The token does not allow this." });
    }

    private static string? TokenOf(HttpContext http)
    {
        var services = http.RequestServices;

        // Not for a page of another site, whose name may lead to this machine (DNS rebinding), nor for what a proxy passes on.
        return services.GetRequiredService<IHostEnvironment>().IsDevelopment()
            && http.Connection.RemoteIpAddress is { } caller && System.Net.IPAddress.IsLoopback(caller)
            && !Array.Exists(Forwarded, http.Request.Headers.ContainsKey)
            && Loopback.Contains(http.Request.Host.Host, StringComparer.OrdinalIgnoreCase)
            && services.GetRequiredService<IConfiguration>()[DevelopmentIssuer.KeySetting] is { Length: > 0 } key
                ? new DevelopmentIssuer(key, services.GetRequiredService<TimeProvider>()).Issue(
                    new TokenRequest(Subject) { Scopes = Scopes.All })
                : null;
    }
}
