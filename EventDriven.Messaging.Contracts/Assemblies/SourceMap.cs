using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace EventDriven.Messaging.Contracts.Assemblies;

/// <summary>Where an assembly's types and properties stand in the source, from the portable PDB beside it.</summary>
internal sealed class SourceMap : IDisposable
{
    private readonly MetadataReaderProvider? _provider;
    private readonly MetadataReader? _symbols;
    private readonly string _assemblyPath;

    private SourceMap(string assemblyPath, MetadataReaderProvider? provider) =>
        (_assemblyPath, _provider, _symbols) = (assemblyPath, provider, provider?.GetMetadataReader());

    /// <summary>Opens the symbols of an assembly. Without them, everything stands in the assembly's file.</summary>
    public static SourceMap Of(string assemblyPath)
    {
        var path = Path.ChangeExtension(assemblyPath, ".pdb");
        return new SourceMap(
            assemblyPath, File.Exists(path) ? MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(path)) : null);
    }

    /// <summary>Where a record is declared.</summary>
    public SourceLocation Of(Type type) => First(
        type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Concat(type.GetProperties().Select(property => property.GetMethod).OfType<MethodBase>()));

    /// <summary>Where a property is declared; of a positional record, the parameter.</summary>
    public SourceLocation Of(PropertyInfo property) => First(new[] { property.GetMethod, property.SetMethod }.OfType<MethodBase>());

    public void Dispose() => _provider?.Dispose();

    private SourceLocation First(IEnumerable<MethodBase> methods) => methods
        .Select(Locate)
        .OfType<SourceLocation>()
        .OrderBy(location => location.Line)
        .ThenBy(location => location.Column)
        .FirstOrDefault() ?? new SourceLocation(_assemblyPath, 1, 1);

    private SourceLocation? Locate(MethodBase method)
    {
        if (_symbols is null || method.Module.FullyQualifiedName != _assemblyPath
            || MetadataTokens.EntityHandle(method.MetadataToken) is not { Kind: HandleKind.MethodDefinition } handle)
        {
            return null;
        }

        foreach (var point in _symbols.GetMethodDebugInformation((MethodDefinitionHandle)handle).GetSequencePoints())
        {
            if (!point.IsHidden)
            {
                var file = _symbols.GetString(_symbols.GetDocument(point.Document).Name);
                return new SourceLocation(file, point.StartLine, point.StartColumn);
            }
        }

        return null;
    }
}
