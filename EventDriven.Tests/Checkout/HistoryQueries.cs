using System.Diagnostics;
using Checkout.Api.Database;
using EventDriven.Tests.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace EventDriven.Tests.Checkout;

/// <summary>Counts the queries of orders' histories in one database, as EF Core announces them.</summary>
internal sealed class HistoryQueries : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string _database;
    private readonly List<IDisposable> _subscriptions = [];
    private int _count;

    private HistoryQueries(string database)
    {
        _database = database;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts from now on.</summary>
    public static async Task<HistoryQueries> OfAsync(ServiceApp<CheckoutDbContext> app) =>
        new(await app.QueryAsync(database => Task.FromResult(database.Database.GetDbConnection().Database)));

    public void Reset() => Volatile.Write(ref _count, 0);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            lock (_subscriptions)
            {
                _subscriptions.Add(value.Subscribe(this));
            }
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is CommandExecutedEventData { Command: { Connection.Database: var database } command } && database == _database
            && command.CommandText.Contains("FROM order_history", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _count);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        lock (_subscriptions)
        {
            _subscriptions.ForEach(subscription => subscription.Dispose());
        }
    }
}
