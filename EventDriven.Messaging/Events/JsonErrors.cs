using System.Text.Json;

namespace EventDriven.Messaging.Events;

/// <summary>Says which field of some data the serializer could not read, and nothing of what it held.</summary>
internal static class JsonErrors
{
    // The serializer names what is missing in its message only.
    private const string Missing = "missing required properties including: ";

    /// <summary>A sentence that begins with the field; with what contains it, where that is missing.</summary>
    public static string Reason(JsonException exception)
    {
        var path = exception.Path is { } full ? full.TrimStart('$').TrimStart('.') : "";
        var missing = exception.Message.IndexOf(Missing, StringComparison.Ordinal);
        if (missing >= 0)
        {
            var names = exception.Message[(missing + Missing.Length)..].TrimEnd('.').Replace("'", "", StringComparison.Ordinal);
            return $"{(path.Length == 0 ? "" : $"{path}: ")}{names} must be given.";
        }

        return path.Length == 0 ? "it is no JSON of that form." : $"{path} can't be read.";
    }
}
