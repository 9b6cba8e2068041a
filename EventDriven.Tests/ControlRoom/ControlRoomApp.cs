using EventDriven.ControlRoom.Flow;
using EventDriven.Tests.Authorization;
using EventDriven.Tests.Http;
using EventDriven.Tests.Services;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests.ControlRoom;

/// <summary>The control room as it is shipped, on Kestrel, with servers that are away unless told.</summary>
internal sealed class ControlRoomApp : WebApplicationFactory<FlowSnapshot>, IServiceApp
{
    /// <summary>The key of the link that signs in.</summary>
    public const string LinkKey = "0123456789abcdef0123456789abcdef";

    private readonly Dictionary<string, string?> _settings;
    private readonly Action<IServiceCollection>? _configure;

    /// <param name="settings">Settings; null takes one of these away.</param>
    /// <param name="configure">Changes services.</param>
    public ControlRoomApp(IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null)
    {
        _configure = configure;
        _settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:kafka"] = "localhost:1",
            ["ConnectionStrings:inventorydb"] = "Host=localhost;Port=1;Username=nobody;Password=none;Database=inventory;Timeout=1",
            ["ControlRoom:DevelopmentKey"] = LinkKey,
            ["Authentication:OpenIdConnect:Authority"] = "https://localhost:1",
            ["Authentication:OpenIdConnect:ClientId"] = "control-room",
            ["Authentication:OpenIdConnect:ClientSecret"] = "none",
            ["Logging:Console:LogLevel:Default"] = "None",
        };
        foreach (var (key, value) in TestTokens.SettingsOf("control-room"))
        {
            _settings[key] = value;
        }

        foreach (var (key, value) in settings ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            _settings[key] = value;
        }

        UseKestrel(0);
        StartServer();

        // The factory's own client follows redirects on Kestrel, whatever it is told.
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = ClientOptions.BaseAddress,
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    /// <summary>Keeps cookies, and follows no redirect.</summary>
    public HttpClient Client { get; }

    public LoggedLines Log { get; } = new();

    protected override void Dispose(bool disposing)
    {
        Client.Dispose();
        base.Dispose(disposing);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in _settings.Where(setting => setting.Value is not null))
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureServices(services => services.AddSingleton<ILoggerProvider>(Log));
        builder.ConfigureServices(services => _configure?.Invoke(services));
    }
}
