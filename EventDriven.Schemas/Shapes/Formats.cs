namespace EventDriven.Schemas.Shapes;

/// <summary>The formats of draft 2020-12, which are about strings alone.</summary>
internal static class Formats
{
    private static readonly HashSet<string> OfStrings = new(StringComparer.Ordinal)
    {
        "date-time", "date", "time", "duration", "email", "idn-email", "hostname", "idn-hostname", "ipv4", "ipv6", "uri", "uri-reference",
        "iri", "iri-reference", "uuid", "uri-template", "json-pointer", "relative-json-pointer", "regex",
    };

    public static bool IsOfStrings(string format) => OfStrings.Contains(format);
}
