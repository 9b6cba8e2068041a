using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace EventDriven.ServiceDefaults;

/// <summary>
/// Settings that are files, as orchestrators mount secrets: the file <c>Payments__WebhookSecrets__0</c> in the folder that
/// <c>Secrets:Folder</c> names holds the setting <c>Payments:WebhookSecrets:0</c>. A changed file is read without a restart.
/// </summary>
internal static class SecretFiles
{
    private const string Folder = "Secrets:Folder";

    public static void AddSecretFiles(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration[Folder] is { Length: > 0 } folder)
        {
            builder.Configuration.AddKeyPerFile(Path.GetFullPath(folder), optional: false, reloadOnChange: true);
        }
    }
}
