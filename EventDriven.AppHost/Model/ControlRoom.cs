using System.Security.Cryptography;
using EventDriven.Hosting;
using EventDriven.Hosting.Kafka;
using EventDriven.Hosting.Services;
using EventDriven.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.AppHost.Model;

/// <summary>The operator's web page.</summary>
internal static class ControlRoom
{
    /// <summary>Its name in the application.</summary>
    public const string Name = "control-room";

    private const string Database = "db";
    private const int KeyLength = 48;
    private const string KeysVolume = "control-room-keys";

    // Of the user whom the image runs as: a new volume of Docker's takes its owner over.
    private const string Home = "/home/app";

    /// <summary>
    /// Adds it, with every service and database that the application has so far. A local run shows a link that signs in with one click;
    /// <c>ControlRoom=false</c> leaves it out.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="port">Its port, unless that is taken.</param>
    /// <param name="kafka">The log.</param>
    /// <typeparam name="TProject">The project.</typeparam>
    public static void AddControlRoom<TProject>(
        this IDistributedApplicationBuilder builder, int port, IResourceBuilder<IResourceWithConnectionString> kafka)
        where TProject : IProjectMetadata, new()
    {
        if (!builder.Configuration.GetValue("ControlRoom", defaultValue: true))
        {
            return;
        }

        var services = builder.Resources.OfType<ProjectResource>().Where(resource => resource.IsService()).ToList();
        var databases = builder.Resources.OfType<IResourceWithConnectionString>()
            .Where(resource => resource.Name.EndsWith(Database, StringComparison.Ordinal)).ToList();
        builder.AddService<TProject>(Name, port, room =>
        {
            room.AsSingleInstance().WithExternalHttpEndpoints().WithKafka(kafka)
                .WithIdentities().WithServiceToken(Audiences.System).WaitFor(kafka);
            databases.ForEach(database => room.WithReference(builder.CreateResourceBuilder(database)));
            services.ForEach(service => room.WithReference(builder.CreateResourceBuilder(service)));
            if (builder.ExecutionContext.IsPublishMode)
            {
                room.WithSignIn().WithKeys();
                return;
            }

            room.WithSignInLink();
            services.ForEach(service => builder.CreateResourceBuilder(service).WithControlRoomLinks(room));
        });
    }

    /// <summary>The link that signs in, once the application has started; null when there is no control room.</summary>
    public static string? SignInLink(DistributedApplication application)
    {
        ArgumentNullException.ThrowIfNull(application);
        var room = application.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<ProjectResource>()
            .FirstOrDefault(resource => resource.Name == Name);
        return room?.Annotations.OfType<SignInKey>().LastOrDefault() is { } key ? $"{room.GetEndpoint("http").Url}{Path(key.Key)}" : null;
    }

    // Sessions outlive the instance that began them. Container Apps keeps the keys itself (autoConfigureDataProtection, which Aspire sets).
    private static void WithKeys(this IResourceBuilder<ProjectResource> room)
    {
        if (ServerHost.Of(room.ApplicationBuilder).KeepsData)
        {
            room.WithAnnotation(new ContainerMountAnnotation(KeysVolume, Home, ContainerMountType.Volume, isReadOnly: false))
                .WithEnvironment("ControlRoom__KeysFolder", $"{Home}/keys");
        }
    }

    // Made anew for each start, as the dashboard's own.
    private static IResourceBuilder<ProjectResource> WithSignInLink(this IResourceBuilder<ProjectResource> room)
    {
        var key = RandomNumberGenerator.GetHexString(KeyLength, lowercase: true);
        if (room.ApplicationBuilder.Configuration["AppHost:BrowserToken"] is { Length: > 0 }
            && room.ApplicationBuilder.Configuration["ASPNETCORE_URLS"] is { Length: > 0 } dashboard)
        {
            // Traces are shown there.
            room.WithEnvironment("ControlRoom__Dashboard", dashboard);
        }

        return room.WithAnnotation(new SignInKey(key))
            .WithEnvironment("ControlRoom__DevelopmentKey", key)
            .WithEnvironment("ControlRoom__KeysFolder", ServerHost.Of(room.ApplicationBuilder).Data.Folder("control-room"))
            .WithUrlForEndpoint("http", url => url.DisplayText = "Control room, without its link")
            .WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { Url = Path(key), DisplayText = "Control room" });
    }

    private static string Path(string key) => $"/sign-in/link?t={key}";

    private sealed record SignInKey(string Key) : IResourceAnnotation;
}
