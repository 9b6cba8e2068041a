using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace EventDriven.ServiceDefaults.Logs;

/// <summary>Sets which categories the services log, and the console format.</summary>
internal static class LogSetup
{
    public static void AddLogs(this IHostApplicationBuilder builder)
    {
        // A line for each SQL statement and request would bury the service's own lines; spans show them.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // These categories log what the caller sent, query string included, and the first one adds the path to the scope of every line.
        // They stay off, whatever the configuration sets for their parent categories.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.BadRequests", LogLevel.None);

        // It would log a stack trace for each request during an outage; the answer already states the cause.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Http.Timeouts", LogLevel.None);

        builder.Services.AddSingleton<ConsoleFormatter, ServiceConsoleFormatter>();
        builder.Logging.AddConsole(console => console.FormatterName = ServiceConsoleFormatter.FormatterName);
    }
}
