using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace EventDriven.Messaging.Contracts.Assemblies;

/// <summary>
/// Finds types of an assembly by its metadata, and loads only those: a service has thousands of others, with whole frameworks behind them.
/// </summary>
internal sealed class CompiledTypes : IDisposable
{
    private const byte GenericInstance = 0x15;
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly Module _module;

    public CompiledTypes(Assembly assembly)
    {
        _file = new PEReader(File.OpenRead(assembly.Location));
        _metadata = _file.GetMetadataReader();
        _module = assembly.ManifestModule;
    }

    /// <summary>The types that have an attribute.</summary>
    public IEnumerable<Type> WithAttribute(Type attribute) =>
        from handle in _metadata.TypeDefinitions
        let type = _metadata.GetTypeDefinition(handle)
        where type.GetCustomAttributes().Any(a => IsOf(_metadata.GetCustomAttribute(a), attribute))
        select _module.ResolveType(MetadataTokens.GetToken(handle));

    /// <summary>The types that implement one of some generic interfaces, and are no interfaces themselves.</summary>
    public IEnumerable<Type> Implementing(params string[] interfaces) =>
        from handle in _metadata.TypeDefinitions
        let type = _metadata.GetTypeDefinition(handle)
        where !type.Attributes.HasFlag(TypeAttributes.Interface)
            && type.GetInterfaceImplementations()
                .Any(i => interfaces.Contains(Definition(_metadata.GetInterfaceImplementation(i).Interface)))
        select _module.ResolveType(MetadataTokens.GetToken(handle));

    /// <summary>
    /// The last type arguments with which some generic methods are called: T of every <c>x.Publishes&lt;T&gt;(…)</c>.
    /// </summary>
    public IEnumerable<Type> ArgumentsOf(string declaringType, params string[] methods)
    {
        for (var row = 1; row <= _metadata.GetTableRowCount(TableIndex.MethodSpec); row++)
        {
            var handle = MetadataTokens.MethodSpecificationHandle(row);
            if (_metadata.GetMethodSpecification(handle).Method is { Kind: HandleKind.MemberReference } called
                && _metadata.GetMemberReference((MemberReferenceHandle)called) is var member
                && methods.Contains(_metadata.GetString(member.Name))
                && Name(member.Parent) == declaringType)
            {
                yield return _module.ResolveMethod(MetadataTokens.GetToken(handle))!.GetGenericArguments()[^1];
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private bool IsOf(CustomAttribute attribute, Type type) => attribute.Constructor.Kind == HandleKind.MemberReference
        && Name(_metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent) == type.FullName;

    // The generic interface that a type specification is an instance of: GENERICINST, CLASS, the coded type.
    private string? Definition(EntityHandle implemented)
    {
        if (implemented.Kind != HandleKind.TypeSpecification)
        {
            return null;
        }

        var signature = _metadata.GetBlobReader(_metadata.GetTypeSpecification((TypeSpecificationHandle)implemented).Signature);
        if (signature.ReadByte() != GenericInstance)
        {
            return null;
        }

        signature.ReadByte();
        return Name(signature.ReadTypeHandle());
    }

    private string? Name(EntityHandle type)
    {
        if (type.Kind == HandleKind.TypeReference)
        {
            var reference = _metadata.GetTypeReference((TypeReferenceHandle)type);
            return $"{_metadata.GetString(reference.Namespace)}.{_metadata.GetString(reference.Name)}";
        }

        return null;
    }
}
