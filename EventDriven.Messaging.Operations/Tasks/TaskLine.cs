using System.Text.Json.Serialization;
using EventDriven.Messaging.Operations.Rebuild;
using EventDriven.Messaging.Operations.Rehearsal;

namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>A line that a task writes: JSON, one object a line.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TaskProgress), "progress")]
[JsonDerivedType(typeof(TaskFailure), "failed")]
[JsonDerivedType(typeof(RebuildResult), "rebuilt")]
[JsonDerivedType(typeof(RebuildRefusal), "wouldLose")]
[JsonDerivedType(typeof(RehearsalResult), "rehearsed")]
internal abstract record TaskLine;
