using System.Text.Json;
using EventDriven.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventDriven.ServiceDefaults.Health;

/// <summary>
/// Writes the answer of <c>/health</c>: the overall status and, for those who may read the state of services, of each check its status,
/// description, figures and duration. Exceptions are only logged, because they may hold confidential details.
/// </summary>
internal static class HealthJson
{
    public static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", Name(report.Status));
        if (await MayReadDetailsAsync(context))
        {
            WriteDetails(json, report);
        }

        json.WriteEndObject();
    }

    private static async Task<bool> MayReadDetailsAsync(HttpContext context) =>
        (await context.RequestServices.GetRequiredService<IAuthorizationService>()
            .AuthorizeAsync(context.User, resource: null, Scopes.OpsRead)).Succeeded;

    private static void WriteDetails(Utf8JsonWriter json, HealthReport report)
    {
        json.WriteNumber("milliseconds", Milliseconds(report.TotalDuration));
        json.WriteStartObject("checks");
        foreach (var (name, check) in report.Entries)
        {
            json.WriteStartObject(name);
            json.WriteString("status", Name(check.Status));
            json.WriteString("description", check.Description);
            json.WriteNumber("milliseconds", Milliseconds(check.Duration));
            json.WritePropertyName("data");
            JsonSerializer.Serialize(json, check.Data);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string Name(HealthStatus status) => status.ToString().ToLowerInvariant();

    private static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 1);
}
