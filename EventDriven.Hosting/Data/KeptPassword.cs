using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace EventDriven.Hosting.Data;

/// <summary>
/// A container's password, from the data directory. Aspire would keep it in user secrets, apart from the data that it belongs to.
/// </summary>
internal static class KeptPassword
{
    public static IResourceBuilder<ParameterResource> AddKeptPassword(this IDistributedApplicationBuilder builder, string server) =>
        builder.AddParameter($"{server}-password", () => ServerHost.Of(builder).Data.Password(server), secret: true);
}
