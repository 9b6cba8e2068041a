using System.Globalization;
using System.Reflection;

namespace EventDriven.Messaging.Storage.Schema;

/// <summary>
/// A step from one version of the schema to the next, in <c>Steps/0001-initial.sql</c> and so on. A step that was released never changes,
/// and only adds: the former version of the library goes on beside it during a rolling update.
/// </summary>
/// <param name="Number">The version that it leads to.</param>
/// <param name="Sql">What it does.</param>
internal sealed record SchemaStep(int Number, string Sql)
{
    /// <summary>All steps, in their order.</summary>
    public static IReadOnlyList<SchemaStep> All { get; } =
        [.. typeof(SchemaStep).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Read)];

    /// <summary>Version of the library that applies them.</summary>
    public static string LibraryVersion { get; } =
        typeof(SchemaStep).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static SchemaStep Read(string name)
    {
        using var reader = new StreamReader(typeof(SchemaStep).Assembly.GetManifestResourceStream(name)!);
        return new SchemaStep(
            int.Parse(name.AsSpan(0, name.IndexOf('-', StringComparison.Ordinal)), CultureInfo.InvariantCulture), reader.ReadToEnd());
    }
}
