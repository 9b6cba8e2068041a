using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Messaging.Rebuild;

/// <summary>Gives handlers the service's own database by another connection string, whose search path leads every unqualified name to the copies.</summary>
internal sealed class ShadowScopes<TContext>(IServiceScopeFactory scopes, string connectionString) : IServiceScopeFactory
    where TContext : DbContext
{
    public IServiceScope CreateScope()
    {
        var scope = scopes.CreateScope();
        scope.ServiceProvider.GetRequiredService<TContext>().Database.SetConnectionString(connectionString);
        return scope;
    }
}
