using System.Net;
using EventDriven.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Tests.Http;

/// <summary>A call of a service goes where it was sent.</summary>
public sealed class OutgoingCallTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        var followed = false;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var elsewhere = builder.Build();
        elsewhere.MapGet("/here", () => Results.Redirect("/there"));
        elsewhere.MapGet("/there", () => followed = true);
        await elsewhere.StartAsync(Token);
        var service = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        service.Configuration["Authentication:Schemes:Bearer:Authority"] = "https://identity.example";
        service.AddServiceDefaults();
        using var host = service.Build();
        using var client = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient();

        using var answer = await client.GetAsync($"{elsewhere.Urls.Single()}/here", Token);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.False(followed);
    }
}
