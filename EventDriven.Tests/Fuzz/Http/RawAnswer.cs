namespace EventDriven.Tests.Fuzz.Http;

/// <summary>What a server wrote as the answer to a request.</summary>
/// <param name="Status">Its status; 0 when the server closed the connection without one.</param>
/// <param name="Headers">Its headers, by their names in lower case; of a repeated one the last.</param>
/// <param name="Body">Its body as text; empty for an event stream, which does not end.</param>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The connection was closed without an answer.</summary>
    public static readonly RawAnswer None = new(0, new Dictionary<string, string>(), "");

    /// <summary>The value of a header; empty without it.</summary>
    public string Header(string name) => Headers.GetValueOrDefault(name, "");
}
