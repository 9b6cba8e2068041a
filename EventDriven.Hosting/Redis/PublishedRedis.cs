using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting.Publishing;
using EventDriven.Hosting.Services;

namespace EventDriven.Hosting.Redis;

/// <summary>
/// Redis as a container of a published application, with a user for each service. It keeps nothing: what it forgets costs time and no
/// effect.
/// </summary>
internal static class PublishedRedis
{
    private const string AdministratorPassword = "REDIS_PASSWORD";

    public static IResourceBuilder<RedisResource> Add(IDistributedApplicationBuilder builder, string name)
    {
        // Without TLS, as in a local run.
#pragma warning disable ASPIRECERTIFICATES001 // Experimental, and the only way to say so.
        var redis = builder.AddRedis(name, port: null, password: builder.GeneratedSecret($"{name}-password")).WithoutHttpsCertificate();
#pragma warning restore ASPIRECERTIFICATES001
        return redis
            .WithArgs(context =>
            {
                context.Args.Clear();
                context.Args.Add("-c");
                context.Args.Add(Command(redis.Resource.Annotations.OfType<RedisUser>()));
            })
            .WithEnvironment(context =>
            {
                foreach (var user in redis.Resource.Annotations.OfType<RedisUser>())
                {
                    context.EnvironmentVariables[user.PasswordVariable] = user.Password;
                }
            });
    }

    /// <summary>Gives a service a user of its own.</summary>
    public static IResourceBuilder<ProjectResource> AddUser(
        IResourceBuilder<ProjectResource> service, IResourceBuilder<RedisResource> redis, IReadOnlyList<string> keys)
    {
        var (server, name, endpoint) = (redis.Resource, service.Resource.ServiceName(), redis.Resource.PrimaryEndpoint);
        var password = service.ApplicationBuilder.GeneratedSecret($"{server.Name}-{name}-password");
        if (!server.Annotations.OfType<RedisUser>().Any(user => user.Name == name))
        {
            redis.WithAnnotation(new RedisUser(name, password.Resource, keys));
        }

        return service
            .WithEnvironment(
                $"ConnectionStrings__{server.Name}",
                ReferenceExpression.Create(
                    $"{endpoint.Property(EndpointProperty.Host)}:{endpoint.Property(EndpointProperty.Port)},user={name},"
                    + $"password={password}"))
            .WithReferenceRelationship(redis);
    }

    /// <summary>
    /// The server reads its configuration from its standard input: the users are on no command line, which other processes see, and in no
    /// file.
    /// </summary>
    private static string Command(IEnumerable<RedisUser> users)
    {
        var command = new StringBuilder(
            $"""printf '%s\n' 'save ""' 'dir /tmp' "user default on >${AdministratorPassword} ~* &* +@all" """);
        foreach (var user in users)
        {
            command.Append($"\"{user.Rule}\" ");
        }

        return command.Append("| exec redis-server -").ToString();
    }
}
