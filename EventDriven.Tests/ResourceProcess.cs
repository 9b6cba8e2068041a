using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace EventDriven.Tests;

/// <summary>The process behind a resource of the application model.</summary>
internal static class ResourceProcess
{
    /// <summary>Its id, as it was last heard of.</summary>
    public static int Pid(this ResourceNotificationService notifications, string resource) =>
        notifications.TryGetCurrentState(resource, out var state)
            ? int.Parse(
                state.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value?.ToString() ?? "",
                CultureInfo.InvariantCulture)
            : throw new ArgumentException($"There is no resource '{resource}'.", nameof(resource));
}
