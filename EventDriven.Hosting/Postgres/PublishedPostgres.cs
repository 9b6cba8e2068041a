using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting.Publishing;

namespace EventDriven.Hosting.Postgres;

/// <summary>
/// PostgreSQL in a published application: a container, or a server that exists (<c>Existing=postgres</c>). Of either, the administrator's
/// login is for the job that makes databases and roles; a service has the login of its own role.
/// </summary>
/// <param name="Address">Where it is, in Npgsql's form: <c>Host=…;Port=…</c>, and for a server that exists whatever else it needs.</param>
internal sealed record PublishedPostgres(ReferenceExpression Address) : IResourceAnnotation
{
    /// <summary>Of a server; null when the application is not published, or the server is named by a connection string alone.</summary>
    public static PublishedPostgres? Of(IResource server) => server.Annotations.OfType<PublishedPostgres>().FirstOrDefault();

    public static IResourceBuilder<IResourceWithConnectionString> Add(IDistributedApplicationBuilder builder, string name, ServerHost host)
    {
        if (host.Exists(name))
        {
            var given = ReferenceExpression.Create($"{builder.Parameter($"{name}-address")}");
            return builder.AddConnectionString(
                    name,
                    ReferenceExpression.Create(
                        $"{given};Username={builder.Parameter($"{name}-administrator")};"
                        + $"Password={builder.Parameter($"{name}-administrator-password", isSecret: true)}"))
                .WithAnnotation(new PublishedPostgres(given));
        }

        var container = builder.AddPostgres(name);
        var endpoint = container.Resource.PrimaryEndpoint;
        container.WithAnnotation(new PublishedPostgres(ReferenceExpression.Create(
            $"Host={endpoint.Property(EndpointProperty.Host)};Port={endpoint.Property(EndpointProperty.Port)}")));
        return host.KeepsData ? container.WithDataVolume(host.VolumeName(name)) : container;
    }

    /// <summary>The connection string of a role.</summary>
    /// <param name="server">The server.</param>
    /// <param name="name">Name of the database, and of its connection string.</param>
    /// <param name="role">The role. Its password is a parameter, which is generated where the target can.</param>
    public IResourceBuilder<IResourceWithConnectionString> AddDatabase(
        IResourceBuilder<IResourceWithConnectionString> server, string name, string role)
    {
        var builder = server.ApplicationBuilder;
        return builder.AddConnectionString(
                name,
                ReferenceExpression.Create(
                    $"{Address};Username={role};Password={builder.GeneratedSecret($"{name}-password")};Database={name}"))
            .WithAnnotation(new PublishedDatabase(server.Resource));
    }
}
