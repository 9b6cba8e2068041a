using System.Security.Claims;
using EventDriven.ControlRoom.Layout;
using EventDriven.ServiceDefaults.Authorization;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace EventDriven.ControlRoom.SignIn;

/// <summary>Signing in at the identity provider (OpenID Connect Core 1.0, authorization code with PKCE).</summary>
internal static partial class ProviderSignIn
{
    private const string Subject = "sub";
    private const string Denied = "Your identity provider did not let you in: it, or you there, refused what the control room asked for. "
        + "Ask whoever runs it to let you use the control room.";
    private const string NotFinished = "Signing in at your identity provider could not be finished. Try again. If it happens each time, "
        + "the control room's log says why.";

    public static void Configure(
        OpenIdConnectOptions options, IOptions<OpenIdConnectSettings> settings, IOptions<IdentityOptions> identity)
    {
        options.Authority = settings.Value.Authority;
        options.ClientId = settings.Value.ClientId;
        options.ClientSecret = settings.Value.ClientSecret;
        options.SignInScheme = Session.Scheme;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.MapInboundClaims = false;
        options.SaveTokens = false;
        options.UsePkce = true;
        options.Scope.Clear();
        foreach (var scope in settings.Value.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            options.Scope.Add(scope);
        }

        var claims = identity.Value.ScopeClaims.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        options.Events = new OpenIdConnectEvents
        {
            OnTokenValidated = context =>
            {
                Keep(context, claims);
                return Task.CompletedTask;
            },
            OnAccessDenied = context =>
            {
                context.HandleResponse();
                return RefuseAsync(context.HttpContext, context.ReturnUrl, StatusCodes.Status403Forbidden, Denied);
            },
            OnRemoteFailure = context =>
            {
                context.HandleResponse();
                Log.Failed(Logger(context.HttpContext), context.Failure?.Message ?? "");
                return RefuseAsync(
                    context.HttpContext, context.Properties?.RedirectUri, StatusCodes.Status502BadGateway, NotFinished);
            },
        };
    }

    // Scopes are in the access token where that is a JWT, as services read them, or in the identity token; else in the provider's answer.
    private static void Keep(TokenValidatedContext context, string[] claims)
    {
        var granted = context.TokenEndpointResponse?.Scope?.Split(' ') ?? [];
        var access = context.TokenEndpointResponse?.AccessToken is { } token && new JsonWebTokenHandler().CanReadToken(token)
            ? new JsonWebToken(token)
            : null;
        var found = (access?.Claims ?? []).Concat(context.Principal!.Claims).Where(claim => claims.Contains(claim.Type))
            .SelectMany(claim => claim.Value.Split(' ')).ToList();
        var end = access?.ValidTo is { } validTo && validTo > DateTime.MinValue ? validTo : context.SecurityToken.ValidTo;
        var name = context.Principal.FindFirst("name")?.Value ?? context.Principal.FindFirst(Subject)?.Value ?? "operator";
        var returnUrl = context.Properties?.RedirectUri;
        context.Principal = new ClaimsPrincipal(Session.Identity(name, found.Count > 0 ? found : granted));
        context.Properties = Session.Properties(new DateTimeOffset(end, TimeSpan.Zero));
        context.Properties.RedirectUri = LocalUrl.Of(returnUrl);
    }

    private static Task RefuseAsync(HttpContext http, string? returnUrl, int status, string error) =>
        SignInEndpoints.Refused(http, returnUrl, error, status).ExecuteAsync(http);

    private static ILogger Logger(HttpContext http) => http.RequestServices.GetRequiredService<ILogger<SessionEvents>>();

    private static partial class Log
    {
        [LoggerMessage(2602, LogLevel.Warning, "Signing in at the identity provider failed: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
