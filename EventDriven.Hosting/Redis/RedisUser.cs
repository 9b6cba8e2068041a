using Aspire.Hosting.ApplicationModel;

namespace EventDriven.Hosting.Redis;

/// <summary>A service's user of Redis as a container.</summary>
/// <param name="Name">Name of the user, the service and its consumer group.</param>
/// <param name="Password">The user's password.</param>
/// <param name="Keys">Patterns of the keys that the service uses beside the leases of its group.</param>
internal sealed record RedisUser(string Name, ParameterResource Password, IReadOnlyList<string> Keys) : IResourceAnnotation
{
    /// <summary>The environment variable of the container that has the password.</summary>
    public string PasswordVariable => $"REDIS_{Name.Replace('-', '_').ToUpperInvariant()}_PASSWORD";

    /// <summary>
    /// The user's line in the server's configuration, for a shell to complete. Leases are <c>inbox:{GROUP}:…</c>, and after a replay
    /// <c>inbox:{GROUP/1}:…</c>. <c>?</c> stands for a brace, which the manifests of Aspire and of Helm would take for an expression.
    /// </summary>
    public string Rule =>
        $"user {Name} on >${PasswordVariable} {RedisAccess.ToChannels} "
        + $"{RedisAccess.ToKeys([$"inbox:?{Name}?:*", $"inbox:?{Name}/*", .. Keys])} {RedisAccess.Commands}";
}
