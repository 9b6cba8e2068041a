using System.Text;

namespace EventDriven.Messaging.Events;

/// <summary>
/// The values of <c>dataschema</c> that name a schema of an event type: the type's URN, or a URL that ends in
/// <c>/&lt;type&gt;.json</c> or <c>/&lt;type&gt;.&lt;minor version&gt;.json</c>. Minor versions are compatible, so a consumer reads all.
/// </summary>
internal sealed class NamedSchema(string type)
{
    private readonly byte[] _urn = Encoding.UTF8.GetBytes(EventName.DataSchema(type));
    private readonly byte[] _type = Encoding.UTF8.GetBytes("/" + type);

    /// <summary>Whether a value, in UTF-8, names a schema of the type.</summary>
    public bool Admits(ReadOnlySpan<byte> named)
    {
        if (named.SequenceEqual(_urn))
        {
            return true;
        }

        var name = named.LastIndexOf((byte)'/');
        if (name < 0 || !named[name..].StartsWith(_type))
        {
            return false;
        }

        var version = named[(name + _type.Length)..];
        return version.EndsWith(".json"u8)
            && version[..^".json"u8.Length] is var minor
            && (minor.IsEmpty || (minor.Length > 1 && minor[0] == (byte)'.' && !minor[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9')));
    }

    /// <inheritdoc/>
    public override string ToString() => $"one of {type}";
}
