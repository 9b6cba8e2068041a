using Microsoft.CodeAnalysis;

namespace EventDriven.Messaging.Analyzers;

/// <summary>The library's types as a compilation sees them.</summary>
internal sealed class MessagingTypes
{
    private const string Library = "EventDriven.Messaging";

    private readonly INamedTypeSymbol _handler;
    private readonly INamedTypeSymbol _batchHandler;
    private readonly INamedTypeSymbol _eventAttribute;
    private readonly INamedTypeSymbol _outbox;
    private readonly INamedTypeSymbol _eventContext;

    private MessagingTypes(
        INamedTypeSymbol handler, INamedTypeSymbol batchHandler, INamedTypeSymbol eventAttribute, INamedTypeSymbol outbox,
        INamedTypeSymbol eventContext)
    {
        _handler = handler;
        _batchHandler = batchHandler;
        _eventAttribute = eventAttribute;
        _outbox = outbox;
        _eventContext = eventContext;
    }

    /// <summary>The types; null if the compilation doesn't reference the library, or is the library.</summary>
    public static MessagingTypes? Of(Compilation compilation)
    {
        var name = compilation.AssemblyName ?? "";
        if (name == Library || name.StartsWith(Library + ".", StringComparison.Ordinal))
        {
            return null;
        }

        return compilation.GetTypeByMetadataName($"{Library}.IEventHandler`1") is { } handler
            && compilation.GetTypeByMetadataName($"{Library}.IEventBatchHandler`1") is { } batchHandler
            && compilation.GetTypeByMetadataName($"{Library}.EventAttribute") is { } eventAttribute
            && compilation.GetTypeByMetadataName($"{Library}.IOutbox") is { } outbox
            && compilation.GetTypeByMetadataName($"{Library}.EventContext`1") is { } eventContext
                ? new MessagingTypes(handler, batchHandler, eventAttribute, outbox, eventContext)
                : null;
    }

    /// <summary>The builder's type; null if the compilation references the abstractions alone.</summary>
    public static INamedTypeSymbol? MessagingBuilder(Compilation compilation) =>
        compilation.GetTypeByMetadataName($"{Library}.IMessagingBuilder");

    /// <summary>The type on which handlers are registered; null if the compilation references the abstractions alone.</summary>
    public static INamedTypeSymbol? ConsumerBuilder(Compilation compilation) =>
        compilation.GetTypeByMetadataName($"{Library}.IConsumerBuilder");

    public bool IsHandler(ITypeSymbol type) => type.TypeKind != TypeKind.Interface && HandlerInterfaces(type).Any();

    public bool IsBatchHandler(ITypeSymbol type) => type.AllInterfaces.Any(implemented => Is(implemented, _batchHandler));

    public bool IsHandlerOfSingleEvents(ITypeSymbol type) => type.AllInterfaces.Any(implemented => Is(implemented, _handler));

    public bool IsHandlerInterface(ITypeSymbol type) => Is(type, _handler) || Is(type, _batchHandler);

    public IEnumerable<INamedTypeSymbol> HandlerInterfaces(ITypeSymbol type) => type.AllInterfaces.Where(IsHandlerInterface);

    public bool IsEvent(ITypeSymbol type) => EventAttribute(type) is not null;

    /// <summary>The attribute that names the event; null if the type is none.</summary>
    public AttributeData? EventAttribute(ITypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(attribute => Same(attribute.AttributeClass, _eventAttribute));

    public bool IsOutboxAdd(IMethodSymbol method) => method.Name == "Add" && Same(method.ContainingType, _outbox);

    public bool IsOnCommitted(IMethodSymbol method) => method.Name == "OnCommitted" && Is(method.ContainingType, _eventContext);

    public bool IsEnter(IMethodSymbol method) => method.Name == "Enter" && Is(method.ContainingType, _eventContext);

    public bool IsEventContext(ITypeSymbol type) => Is(type, _eventContext);

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol generic) => Same(type?.OriginalDefinition, generic);

    private static bool Same(ISymbol? one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
