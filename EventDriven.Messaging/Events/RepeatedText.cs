using System.Text;

namespace EventDriven.Messaging.Events;

/// <summary>Text that nearly every record repeats, such as an event's type: decoded once instead of for each record.</summary>
internal sealed class RepeatedText(Encoding encoding)
{
    // A few values in practice. Beyond this limit, text is decoded each time.
    private const int Most = 64;

    private volatile (byte[] Bytes, string Text)[] _known = [];

    public string Get(byte[] bytes)
    {
        var known = _known;
        foreach (var (candidate, text) in known)
        {
            if (candidate.AsSpan().SequenceEqual(bytes))
            {
                return text;
            }
        }

        var decoded = encoding.GetString(bytes);
        if (known.Length < Most)
        {
            // Two threads may add at once. One of the values is then decoded again later, which is harmless.
            _known = [.. known, (bytes, decoded)];
        }

        return decoded;
    }
}
