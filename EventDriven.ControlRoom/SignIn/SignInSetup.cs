using EventDriven.ServiceDefaults.Authorization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace EventDriven.ControlRoom.SignIn;

/// <summary>
/// A browser has a session, in a cookie that it gets for a token or from the identity provider; programs send their token with each
/// request, as to every service. Both are held to the same scopes.
/// </summary>
internal static class SignInSetup
{
    public const string OpenIdConnect = OpenIdConnectDefaults.AuthenticationScheme;

    private const string Either = "session or token";
    private const string Application = "eventdriven-control-room";

    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<SignInOptions>, SignInOptionsValidation>();
        builder.Services.AddOptions<OpenIdConnectSettings>()
            .BindConfiguration(OpenIdConnectSettings.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<SignInLimit>();
        builder.Services.AddSingleton<SessionEvents>();
        builder.AddKeys();

        // http is for this machine. Elsewhere a browser keeps the cookies on https alone, and for this host alone.
        var isDevelopment = builder.Environment.IsDevelopment();
        var authentication = builder.Services.AddAuthentication(Either)
            .AddPolicyScheme(Either, displayName: null, options => options.ForwardDefaultSelector = http =>
                http.Request.Headers.Authorization.Count > 0 ? JwtBearerDefaults.AuthenticationScheme : Session.Scheme)
            .AddCookie(Session.Scheme, options =>
            {
                options.Cookie.Name = Name("session", isDevelopment);
                options.Cookie.HttpOnly = true;
                options.Cookie.SameSite = SameSiteMode.Lax;
                options.Cookie.SecurePolicy = Policy(isDevelopment);
                options.ExpireTimeSpan = Session.Duration;
                options.SlidingExpiration = true;
                options.EventsType = typeof(SessionEvents);
            });
        builder.Services.Configure<AntiforgeryOptions>(options =>
        {
            options.Cookie.Name = Name("antiforgery", isDevelopment);
            options.Cookie.SecurePolicy = Policy(isDevelopment);
        });
        if (builder.Configuration[$"{OpenIdConnectSettings.Section}:{nameof(OpenIdConnectSettings.Authority)}"] is { Length: > 0 })
        {
            authentication.AddOpenIdConnect(OpenIdConnect, _ => { });
            builder.Services.AddOptions<OpenIdConnectOptions>(OpenIdConnect)
                .Configure<IOptions<OpenIdConnectSettings>, IOptions<IdentityOptions>>(ProviderSignIn.Configure);
        }
    }

    private static string Name(string what, bool isDevelopment) =>
        isDevelopment ? $"control-room-{what}" : $"__Host-control-room-{what}";

    private static CookieSecurePolicy Policy(bool isDevelopment) =>
        isDevelopment ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;

    private static void AddKeys(this WebApplicationBuilder builder)
    {
        var protection = builder.Services.AddDataProtection().SetApplicationName(Application);
        if (builder.Configuration[$"{SignInOptions.Section}:{nameof(SignInOptions.KeysFolder)}"] is { Length: > 0 } folder)
        {
            protection.PersistKeysToFileSystem(PrivateFolder(folder));
        }
    }

    private static DirectoryInfo PrivateFolder(string path)
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        return OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OwnerOnly);
    }
}
