namespace EventDriven.Hosting.Redis;

/// <summary>What a user of Redis may do who is no administrator, in the form of Redis's ACL rules.</summary>
internal static class RedisAccess
{
    // By convention of Redis's own manual: everything that an application needs, and nothing that administers or endangers the server. A
    // client asks for INFO to learn which version it talks to.
    public const string Commands = "+@all -@admin -@dangerous +info";

    /// <summary>No channel but the one that StackExchange.Redis listens to.</summary>
    public const string ToChannels = "resetchannels &__Booksleeve_MasterChanged";

    // What StackExchange.Redis reads when it connects.
    private const string ClientKey = "%R~__Booksleeve_TieBreak";

    /// <summary>These keys alone.</summary>
    /// <param name="keys">Patterns, such as <c>inbox:*</c>.</param>
    public static string ToKeys(IEnumerable<string> keys) => string.Join(' ', [.. keys.Select(key => $"~{key}"), ClientKey]);
}
