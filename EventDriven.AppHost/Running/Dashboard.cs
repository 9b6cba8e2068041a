using System.Security.Cryptography;
using EventDriven.Hosting;
using EventDriven.Hosting.Services;

namespace EventDriven.AppHost.Running;

/// <summary>Sets the dashboard's address: the same from run to run, without a launch profile and a certificate.</summary>
internal static class Dashboard
{
    private const int Port = 15080;
    private const int TokenLength = 32;

    /// <returns>The link that logs in.</returns>
    public static string Configure(IDistributedApplicationBuilder builder)
    {
        // This comes first: another run on the same data would also hold the port, and that run is the error to report.
        ServerHost.Of(builder);
        var token = RandomNumberGenerator.GetHexString(TokenLength, lowercase: true);
        var url = builder.Configuration["ASPNETCORE_URLS"] is { Length: > 0 } asked
            ? asked.Split(';')[0]
            : $"http://localhost:{StablePort.Of(builder, "the dashboard", Port)}";
        builder.Configuration["ASPNETCORE_URLS"] = url;
        builder.Configuration["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        builder.Configuration["AppHost:BrowserToken"] = token;
        return $"{url}/login?t={token}";
    }
}
