namespace EventDriven.Tests.Application.Harness;

/// <summary>Starts the application in the flavour that this build has.</summary>
internal static class SystemUnderTest
{
    public static readonly IReadOnlyList<string> Services = ["checkout", "inventory", "notifications", "analytics", "recommendations"];

    /// <param name="replicas">Instances of each service.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="environment">Further environment variables of every service.</param>
    public static Task<ISystem> StartAsync(
        int replicas, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? environment = null) =>
#if ASPIRE
        AspireSystem.StartAsync(replicas, environment, cancellationToken);
#else
        LocalSystem.StartAsync(replicas, environment, cancellationToken);
#endif
}
