using EventDriven.Messaging.Consuming;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventDriven.Messaging.Hosting;

/// <summary>
/// Checks that the pool has a connection for each transaction that may run at once. Otherwise they wait for each other until they time out.
/// </summary>
internal sealed class PoolCheck<TContext>(
    IServiceScopeFactory scopes, IEnumerable<ConsumerGroup> groups, IOptions<MessagingOptions> options) : IStartCheck
    where TContext : DbContext
{
    public IEnumerable<string> Find()
    {
        using var scope = scopes.CreateScope();
        if (scope.ServiceProvider.GetRequiredService<TContext>().Database.GetConnectionString() is not { } connectionString)
        {
            return [];
        }

        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var concurrency = options.Value.Consumer.Concurrency;
        var transactions = concurrency * groups.Count();
        return !settings.Pooling || transactions <= settings.MaxPoolSize ? [] :
        [
            $"Messaging:Consumer:Concurrency is {concurrency}, which makes {transactions} transactions at once in all groups, but the pool "
                + $"of {typeof(TContext).Name} has {settings.MaxPoolSize} connections: "
                + "lower it, or raise 'Maximum Pool Size' in the connection string.",
        ];
    }
}
