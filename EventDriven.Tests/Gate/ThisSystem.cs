using EventDriven.Messaging.Contracts.Files;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Tests.Gate;

/// <summary>The contracts of this repository, from the assemblies that the tests run with.</summary>
internal static class ThisSystem
{
    /// <summary>Projects of its services.</summary>
    public static IReadOnlyList<string> Services { get; } =
        ["Analytics.Worker", "Checkout.Api", "Inventory.Worker", "Notifications.Worker", "Recommendations.Worker"];

    /// <summary>Its events, producers and consumers.</summary>
    public static Landscape Landscape { get; } = Landscape.Read([Assembly("EventDriven.Contracts")], Services.Select(Assembly));

    /// <summary>Its contracts as files.</summary>
    public static ContractFolder Contracts { get; } = ContractFolder.Open(Path.Combine(Repository.Root, "contracts"));

    /// <summary>Path of an assembly.</summary>
    public static string Assembly(string name) => Path.Combine(AppContext.BaseDirectory, $"{name}.dll");
}
