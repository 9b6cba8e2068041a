using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace EventDriven.ServiceDefaults.Logs;

/// <summary>What the services log, and how it looks on a terminal.</summary>
internal static class LogSetup
{
    public static void AddLogs(this IHostApplicationBuilder builder)
    {
        // One line for each SQL statement and each request would bury the service's own; spans show them.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // These repeat what the caller sent, query string included, and the first puts the path into a scope of every line of the request: they stay
        // silent whatever the configuration says of the categories above them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.None);

        // A stack for each request of an outage; the answer says what it was.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Http.Timeouts", LogLevel.None);

        builder.Services.AddSingleton<ConsoleFormatter, ServiceConsoleFormatter>();
        builder.Logging.AddConsole(console => console.FormatterName = ServiceConsoleFormatter.FormatterName);
    }
}
