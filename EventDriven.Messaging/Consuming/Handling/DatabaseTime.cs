using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>
/// How long a context waited for the database. What else a handler takes is a wait for something else, during which other
/// keys could be handled (<c>BatchSize</c>).
/// </summary>
internal sealed class DatabaseTime : DbCommandInterceptor
{
    private readonly ConditionalWeakTable<DbContext, StrongBox<TimeSpan>> _spent = [];

    /// <summary>Of this context, so far.</summary>
    public TimeSpan Of(DbContext context) => _spent.TryGetValue(context, out var spent) ? spent.Value : TimeSpan.Zero;

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        Add(eventData);
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Add(eventData);
        return ValueTask.FromResult(result);
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        Add(eventData);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Add(eventData);
        return ValueTask.FromResult(result);
    }

    public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result)
    {
        Add(eventData);
        return result;
    }

    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        Add(eventData);
        return ValueTask.FromResult(result);
    }

    private void Add(CommandExecutedEventData command)
    {
        if (command.Context is { } context)
        {
            _spent.GetValue(context, static _ => new StrongBox<TimeSpan>()).Value += command.Duration;
        }
    }
}
