using EventDriven.Messaging.Consuming;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventDriven.Messaging.Hosting;

/// <summary>
/// Checks the service's <c>DbContext</c>: that it is registered, has a connection string, leaves retries to messaging, and has a connection
/// for each transaction that may run at once. Otherwise every attempt would fail, or transactions would wait for each other.
/// </summary>
internal sealed class DatabaseCheck<TContext>(
    IServiceScopeFactory scopes, IEnumerable<ConsumerGroup> groups, IOptions<MessagingOptions> options) : IStartCheck
    where TContext : DbContext
{
    private static string Name => typeof(TContext).Name;

    public IEnumerable<string> Find()
    {
        using var scope = scopes.CreateScope();
        if (scope.ServiceProvider.GetService<TContext>() is not { } context)
        {
            return [$"{Name} is not registered: add it, such as builder.Services.AddDbContext<{Name}>(options => options.UseNpgsql(…))."];
        }

        if (string.IsNullOrEmpty(context.Database.GetConnectionString()))
        {
            return
            [
                $"{Name} has no connection string: check the name that the argument of UseNpgsql is read by, and set "
                    + "ConnectionStrings__<name>.",
            ];
        }

        return [.. Find(context)];
    }

    private IEnumerable<string> Find(TContext context)
    {
        if (context.Database.CreateExecutionStrategy().RetriesOnFailure)
        {
            yield return $"{Name} uses EnableRetryOnFailure, which excludes the transactions of messaging: remove it from UseNpgsql. "
                + "Messaging retries whole transactions itself.";
        }

        var settings = new NpgsqlConnectionStringBuilder(context.Database.GetConnectionString());
        var concurrency = options.Value.Consumer.Concurrency;
        var transactions = concurrency * groups.Count();
        if (settings.Pooling && transactions > settings.MaxPoolSize)
        {
            yield return $"Messaging:Consumer:Concurrency is {concurrency}, which makes {transactions} transactions at once in all groups, "
                + $"but the pool of {Name} has {settings.MaxPoolSize} connections: "
                + "lower it, or raise 'Maximum Pool Size' in the connection string.";
        }
    }
}
