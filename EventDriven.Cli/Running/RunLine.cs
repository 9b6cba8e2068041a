using System.Text.Json.Serialization;

namespace EventDriven.Cli.Running;

/// <summary>A line of a consumer that runs. The program's own lines go to standard error.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(StartedConsumerJson), "started")]
[JsonDerivedType(typeof(EndedConsumerJson), "ended")]
internal abstract record RunLine;
