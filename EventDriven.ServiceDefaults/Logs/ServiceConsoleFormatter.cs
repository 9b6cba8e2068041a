using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace EventDriven.ServiceDefaults.Logs;

/// <summary>
/// Writes each entry as one line with its scopes, like the framework's <c>simple</c> formatter. Unlike that, it escapes control characters
/// in every part of the entry.
/// </summary>
internal sealed class ServiceConsoleFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    /// <summary>Its name, for <c>Logging:Console:FormatterName</c>.</summary>
    public const string FormatterName = "service";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        Span<char> now = stackalloc char[16];
        time.GetUtcNow().TryFormat(now, out var written, "HH:mm:ss.fff");
        textWriter.Write(now[..written]);
        textWriter.Write($" {Short(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}]");
        scopeProvider?.ForEachScope(WriteScope, textWriter);
        textWriter.Write(' ');
        PrintableText.Write(textWriter, logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(' ');
            PrintableText.Write(textWriter, exception.ToString());
        }

        textWriter.WriteLine();
    }

    private static void WriteScope(object? scope, TextWriter output)
    {
        output.Write(" => ");
        PrintableText.Write(output, scope?.ToString());
    }

    private static string Short(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
