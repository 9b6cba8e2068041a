using System.Text.Json.Serialization;
using EventDriven.Messaging.Rebuild;
using EventDriven.Messaging.Rehearsal;

namespace EventDriven.Messaging.Tasks;

/// <summary>A line that a task writes: JSON, one object a line.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TaskProgress), "progress")]
[JsonDerivedType(typeof(TaskFailure), "failed")]
[JsonDerivedType(typeof(RebuildResult), "rebuilt")]
[JsonDerivedType(typeof(RebuildRefusal), "wouldLose")]
[JsonDerivedType(typeof(RehearsalResult), "rehearsed")]
internal abstract record TaskLine;
