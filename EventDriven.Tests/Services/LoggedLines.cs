using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests.Services;

/// <summary>Keeps what is logged.</summary>
internal sealed class LoggedLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>The same with their levels.</summary>
    public ConcurrentQueue<(LogLevel Level, string Line)> Entries { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = $"{formatter(state, exception)} {exception}";
        Lines.Enqueue(line);
        Entries.Enqueue((logLevel, line));
    }

    public void Dispose()
    {
    }
}
