using System.Text.Json.Serialization;

namespace EventDriven.Cli.Replay;

/// <summary>A line of a replay: what it will do, how far it has come, and its end.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PlannedReplayJson), "planned")]
[JsonDerivedType(typeof(ReplayProgressJson), "progress")]
[JsonDerivedType(typeof(FinishedReplayJson), "replayed")]
internal abstract record ReplayLine;
