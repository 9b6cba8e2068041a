using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>
/// A line that a task writes to standard output: one JSON object, with its kind in <c>kind</c>. The last line is the task's result.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TaskProgress), "progress")]
[JsonDerivedType(typeof(TaskFailure), "failed")]
[JsonDerivedType(typeof(RebuildResult), "rebuilt")]
[JsonDerivedType(typeof(RebuildRefusal), "wouldLose")]
[JsonDerivedType(typeof(RehearsalResult), "rehearsed")]
[JsonDerivedType(typeof(DeclaredAccess), "access")]
public abstract record TaskLine
{
    /// <summary>Reads a line; null when it was not written by a task.</summary>
    public static TaskLine? Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        try
        {
            return line.StartsWith('{') ? JsonSerializer.Deserialize(line, TaskJson.Default.TaskLine) : null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The line as it is written.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, TaskJson.Default.TaskLine);
}
