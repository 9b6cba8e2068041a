using System.Diagnostics.CodeAnalysis;

namespace EventDriven.Messaging.Hosting;

/// <summary>A handler that messaging itself has registered, and so checks at start.</summary>
internal sealed record CreatedHandler(
    [property: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)]
    [param: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)]
    Type Type);
