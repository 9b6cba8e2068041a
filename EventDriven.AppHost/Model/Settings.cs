using System.Security.Cryptography;
using EventDriven.AppHost.Payments;
using EventDriven.Hosting;
using EventDriven.Hosting.Data;
using Microsoft.Extensions.Configuration;

namespace EventDriven.AppHost.Model;

/// <summary>Settings of single services.</summary>
internal static class Settings
{
    /// <summary>The environment variable that turns receipts on and off.</summary>
    public const string ReceiptsVariable = "Messaging__Receipts__Enabled";

    private const int SmtpPort = 1025;
    private const int MailPagePort = 8025;
    private const int MasterKeyBytes = 32;

    /// <summary>
    /// The service sends receipts for the events that it handles, which journeys are built from. They cost a little; <c>Receipts=false</c>
    /// turns them off.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithReceipts(this IResourceBuilder<ProjectResource> service) =>
        service.WithEnvironment(ReceiptsVariable, Receipts(service.ApplicationBuilder));

    /// <summary>Whether services send them: the value of <see cref="ReceiptsVariable"/>.</summary>
    public static string Receipts(IDistributedApplicationBuilder builder) => builder.Configuration["Receipts"] ?? "true";

    /// <summary>
    /// The service serves the contracts of its events under its own address, which its events name (CloudEvents <c>dataschema</c>).
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithContracts(this IResourceBuilder<ProjectResource> service) =>
        service.WithEnvironment("Messaging__Outbox__SchemaAddress", service.GetEndpoint("http"));

    /// <summary>
    /// A deployment asks for the URL of the payment provider (<c>payment-provider</c>) and for the secret with which it signs
    /// (<c>payment-webhook-secret</c>). A local run uses Checkout's stand-in, because it runs in the environment Development, and a secret
    /// of its own.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithPaymentProvider(this IResourceBuilder<ProjectResource> service)
    {
        const string Secret = "Payments__WebhookSecrets__0";
        return service.ApplicationBuilder is { ExecutionContext.IsPublishMode: true } builder
            ? service
                .WithEnvironment("Payments__Provider", builder.AddParameter("payment-provider"))
                .WithEnvironment(Secret, builder.AddParameter("payment-webhook-secret", secret: true))
            : service.WithEnvironment(Secret, WebhookSecret(ServerHost.Of(service.ApplicationBuilder).Data));
    }

    /// <summary>The secret with which payments are signed in a local run, kept in the data directory (<c>secrets.json</c>).</summary>
    public static string WebhookSecret(DataDirectory data) => data.Secret("payment-webhook", WebhookSigner.NewSecret);

    /// <summary>
    /// A deployment asks for the master key that wraps the keys of customers' data (<c>personal-data-master-key</c>). A local run makes one
    /// and keeps it in the data directory (<c>secrets.json</c>): without it, what is stored there of customers can't be read.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithMasterKey(this IResourceBuilder<ProjectResource> service)
    {
        const string Key = "PersonalData__MasterKeys__0";
        return service.ApplicationBuilder is { ExecutionContext.IsPublishMode: true } builder
            ? service.WithEnvironment(Key, builder.AddParameter("personal-data-master-key", secret: true))
            : service.WithEnvironment(Key, ServerHost.Of(service.ApplicationBuilder).Data.Secret("personal-data-master-key", NewMasterKey));
    }

    private static string NewMasterKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKeyBytes));

    /// <summary>
    /// Mails go to the server in the connection string <c>smtp</c>, which a deployment asks for. In a local run they go to a mail catcher
    /// with a web page or, without containers, to files.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithMail(this IResourceBuilder<ProjectResource> service)
    {
        const string Name = "smtp";
        var builder = service.ApplicationBuilder;
        if (builder.ExecutionContext.IsPublishMode || builder.Configuration.GetConnectionString(Name) is { Length: > 0 })
        {
            return service.WithReference(ConnectionString(builder, Name, () => builder.AddConnectionString(Name)));
        }

        var host = ServerHost.Of(builder);
        return host.Placement == ServerPlacement.Processes
            ? service.WithEnvironment("Mail__Directory", host.Data.Folder("mail"))
            : service.WithReference(ConnectionString(builder, Name, () => MailCatcher(builder, Name)));
    }

    private static IResourceBuilder<IResourceWithConnectionString> MailCatcher(IDistributedApplicationBuilder builder, string name)
    {
        var mail = builder.AddContainer("mail", "axllent/mailpit", "v1.22.3")
            .WithEndpoint(targetPort: SmtpPort, name: "smtp")
            .WithHttpEndpoint(targetPort: MailPagePort)
            .WithHttpHealthCheck("/readyz");
        return builder.AddConnectionString(
            name, ReferenceExpression.Create($"smtp://{mail.GetEndpoint("smtp").Property(EndpointProperty.HostAndPort)}"));
    }

    // One resource for all instances of the service.
    private static IResourceBuilder<IResourceWithConnectionString> ConnectionString(
        IDistributedApplicationBuilder builder, string name, Func<IResourceBuilder<IResourceWithConnectionString>> add) =>
        builder.Resources.OfType<IResourceWithConnectionString>().FirstOrDefault(resource => resource.Name == name) is { } known
            ? builder.CreateResourceBuilder(known)
            : add();
}
