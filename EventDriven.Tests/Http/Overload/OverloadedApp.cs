using EventDriven.Identity;
using EventDriven.ServiceDefaults;
using EventDriven.ServiceDefaults.Http.Overload;
using EventDriven.Tests.Authorization;
using EventDriven.Tests.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests.Http.Overload;

/// <summary>
/// What every service has in common, on Kestrel and without a database: <c>/work</c> goes on until the test lets it, <c>/reserved</c> has
/// places of its own, <c>/wait</c> is a long request, <c>/huge</c> an answer that no buffer takes.
/// </summary>
internal sealed class OverloadedApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private int _answering;

    private OverloadedApp(WebApplication app, LoggedLines log) => (_app, Log) = (app, log);

    public LoggedLines Log { get; }

    public Uri Url => new(_app.Urls.Single());

    /// <summary>Requests that are carried out.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Requests that wait for a place.</summary>
    public long Queued => _app.Services.GetRequiredService<RequestSlots>().GetStatistics(new DefaultHttpContext())!.CurrentQueuedCount;

    /// <summary>Answers without end that have begun.</summary>
    public int Answering => Volatile.Read(ref _answering);

    public static Task<OverloadedApp> StartAsync(params (string Name, string Value)[] settings) => StartAsync(null, settings);

    public static async Task<OverloadedApp> StartAsync(
        Action<KestrelServerOptions>? adjust, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Logging:LogLevel:Default"] = "Debug",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Debug",
            ["Logging:Console:LogLevel:Default"] = "None",
        };
        foreach (var (name, value) in TestTokens.SettingsOf(Audiences.Checkout))
        {
            values[name] = value;
        }

        foreach (var (name, value) in settings)
        {
            values[name] = value;
        }

        builder.Configuration.AddInMemoryCollection(values);
        builder.AddServiceDefaults();
        builder.LimitCallers(user => user.HasClaim(Scopes.Claim, Scopes.OrdersWrite));
        builder.Services.PostConfigure(adjust ?? (_ => { }));
        var log = new LoggedLines();
        builder.Services.AddSingleton<ILoggerProvider>(log);
        var app = builder.Build();
        var overloaded = new OverloadedApp(app, log);
        app.UseServiceDefaults();
        app.MapDefaultEndpoints();
        overloaded.Map();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return overloaded;
    }

    public HttpClient NewClient(string? token = null) => new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(60) }.As(token);

    /// <summary>Lets everything that runs end, and everything that will.</summary>
    public void Finish() => _done.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Finish();
        await _app.DisposeAsync();
    }

    private void Map()
    {
        _app.MapGet("/work", WorkAsync).AllowAnonymous();
        _app.MapPost("/read", async (HttpRequest request, CancellationToken token) => await request.Body.CopyToAsync(Stream.Null, token))
            .AllowAnonymous();
        _app.MapPost("/echo", async (HttpRequest request, CancellationToken token) =>
        {
            using var reader = new StreamReader(request.Body);
            return await reader.ReadToEndAsync(token);
        }).AllowAnonymous();
        _app.MapGet("/reserved", () => "done").AllowAnonymous().ReserveConcurrency();
        _app.MapGet("/own", (HttpContext http) => http.User.Identity?.Name);
        _app.MapGet("/address", (HttpContext http) => http.Connection.RemoteIpAddress?.ToString()).AllowAnonymous();
        _app.MapGet("/huge", HugeAsync).AllowAnonymous();
        _app.MapGet("/wait", async (HttpContext http, LongRequests longRequests, CancellationToken token) =>
        {
            if (longRequests.Begin(http) is { } refusal)
            {
                return refusal;
            }

            await http.Response.Body.FlushAsync(token);
            await _done.Task.WaitAsync(token);
            return Results.Empty;
        }).AllowAnonymous();
    }

    private async Task HugeAsync(HttpContext http)
    {
        await http.Response.StartAsync(http.RequestAborted);
        Interlocked.Increment(ref _answering);
        try
        {
            for (var i = 0; i < 200; i++)
            {
                await http.Response.Body.WriteAsync(new byte[1_000_000], http.RequestAborted);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _answering);
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _running);
        try
        {
            await _done.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
