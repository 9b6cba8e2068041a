#if ASPIRE
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace EventDriven.AppHost.Model;

/// <summary>The databases of one server, whoever runs it.</summary>
internal sealed class PostgresDatabases(Func<string, IResourceBuilder<IResourceWithConnectionString>> add)
{
    public static PostgresDatabases Of(IResourceBuilder<PostgresServerResource> server) => new(database => server.AddDatabase(database));

    /// <summary>A database and the connection string of its name.</summary>
    public IResourceBuilder<IResourceWithConnectionString> AddDatabase(string name) => add(name);
}
#endif
