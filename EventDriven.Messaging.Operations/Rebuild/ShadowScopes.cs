using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Messaging.Operations.Rebuild;

/// <summary>
/// Gives handlers the service's database with another connection string, whose search path resolves every unqualified name to the copies.
/// </summary>
internal sealed class ShadowScopes<TContext>(IServiceScopeFactory scopes, string own, string shadow) : IServiceScopeFactory
    where TContext : DbContext
{
    public IServiceScope CreateScope() => new Scope(scopes.CreateAsyncScope(), own, shadow);

    private sealed class Scope : IServiceScope, IAsyncDisposable
    {
        private readonly AsyncServiceScope _inner;
        private readonly string _own;

        public Scope(AsyncServiceScope inner, string own, string shadow)
        {
            (_inner, _own) = (inner, own);
            Turn(shadow);
        }

        public IServiceProvider ServiceProvider => _inner.ServiceProvider;

        public void Dispose()
        {
            Turn(_own);
            _inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Turn(_own);
            return _inner.DisposeAsync();
        }

        // Turned back at the end, too: the context returns to a pool, and its next user needs the service's own tables. A context that was
        // opened by hand may come from the pool with an open connection.
        private void Turn(string connectionString)
        {
            var database = ServiceProvider.GetRequiredService<TContext>().Database;
            database.GetDbConnection().Close();
            database.SetConnectionString(connectionString);
        }
    }
}
