#if ASPIRE
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace EventDriven.AppHost.Model;

/// <summary>The servers: containers, or what a connection string of their name already points to.</summary>
internal static class Servers
{
    private const int SmtpPort = 1025;
    private const int MailPagePort = 8025;

    public static PostgresDatabases AddPostgresOrExisting(this IDistributedApplicationBuilder builder, string name, DataLifetime data) =>
        builder.Existing(name) is { } existing
            ? new PostgresDatabases(database => builder.AddConnectionString(database, ReferenceExpression.Create($"{existing};Database={database}")))
            : PostgresDatabases.Of(data.Of(builder.AddPostgres(name), server => server.WithDataVolume()));

    public static IResourceBuilder<IResourceWithConnectionString> AddRedisOrExisting(
        this IDistributedApplicationBuilder builder, string name, DataLifetime data)
    {
        if (builder.Existing(name) is { } existing)
        {
            return existing;
        }

        return data.Of(builder.AddRedis(name), server => server.WithDataVolume());
    }

    /// <summary>Topics are declared, never made by whoever asks first: that one would have the broker's number of partitions.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddKafkaOrExisting(
        this IDistributedApplicationBuilder builder, string name, DataLifetime data)
    {
        if (builder.Existing(name) is { } existing)
        {
            return existing;
        }

        return data.Of(builder.AddKafka(name), server => server.WithDataVolume())
            .WithEnvironment("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .WithKafkaUI();
    }

    /// <summary>A mail catcher when the application runs here; where it is deployed to, the connection string of a mail server is asked for.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddSmtpOrExisting(this IDistributedApplicationBuilder builder, string name)
    {
        if (builder.Existing(name) is { } existing)
        {
            return existing;
        }

        if (builder.ExecutionContext.IsPublishMode)
        {
            return builder.AddConnectionString(name);
        }

        var mail = builder.AddContainer("mail", "axllent/mailpit", "v1.22.3")
            .WithEndpoint(targetPort: SmtpPort, name: "smtp")
            .WithHttpEndpoint(targetPort: MailPagePort)
            .WithHttpHealthCheck("/readyz");
        return builder.AddConnectionString(
            name, ReferenceExpression.Create($"smtp://{mail.GetEndpoint("smtp").Property(EndpointProperty.HostAndPort)}"));
    }

    private static IResourceBuilder<IResourceWithConnectionString>? Existing(this IDistributedApplicationBuilder builder, string name) =>
        builder.Configuration.GetConnectionString(name) is { Length: > 0 } ? builder.AddConnectionString(name) : null;
}
#endif
