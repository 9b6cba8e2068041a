using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace EventDriven.Hosting.Publishing;

/// <summary>Parameters of a published application, one for all who ask for it.</summary>
internal static class ParameterExtensions
{
    private const int PasswordLength = 32;

    /// <summary>A value that whoever deploys is asked for.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Its name.</param>
    /// <param name="unlessGiven">What it is unless it is given; null asks for it.</param>
    /// <param name="isSecret">Whether it is shown to nobody.</param>
    public static IResourceBuilder<ParameterResource> Parameter(
        this IDistributedApplicationBuilder builder, string name, string? unlessGiven = null, bool isSecret = false) =>
        builder.Known(name)
        ?? (unlessGiven is null
            ? builder.AddParameter(name, secret: isSecret)
            : builder.AddParameter(name, unlessGiven, publishValueAsDefault: true));

    /// <summary>
    /// A password that the target generates where it can. It has letters and digits alone: it stands in connection strings and in a
    /// server's command line, and each quotes in its own way.
    /// </summary>
    public static IResourceBuilder<ParameterResource> GeneratedSecret(this IDistributedApplicationBuilder builder, string name) =>
        builder.Known(name)
        ?? builder.AddParameter(name, new GenerateParameterDefault { MinLength = PasswordLength, Special = false }, secret: true);

    private static IResourceBuilder<ParameterResource>? Known(this IDistributedApplicationBuilder builder, string name) =>
        builder.Resources.OfType<ParameterResource>().FirstOrDefault(resource => resource.Name == name) is { } known
            ? builder.CreateResourceBuilder(known)
            : null;
}
