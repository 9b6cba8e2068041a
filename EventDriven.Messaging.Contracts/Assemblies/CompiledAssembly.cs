using System.Reflection;

namespace EventDriven.Messaging.Contracts.Assemblies;

/// <summary>A built assembly of contracts or of a service.</summary>
internal sealed class CompiledAssembly : IDisposable
{
    private CompiledAssembly(Assembly assembly)
    {
        Assembly = assembly;
        Types = new CompiledTypes(assembly);
        Sources = SourceMap.Of(assembly.Location);
    }

    public string Name => Assembly.GetName().Name!;

    public Assembly Assembly { get; }

    public CompiledTypes Types { get; }

    public SourceMap Sources { get; }

    /// <exception cref="ContractException">There is no such assembly.</exception>
    public static CompiledAssembly Load(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            return new CompiledAssembly(new ServiceLoadContext(full).LoadFromAssemblyPath(full));
        }
        catch (Exception exception) when (exception is FileNotFoundException or BadImageFormatException or DirectoryNotFoundException)
        {
            throw new ContractException($"{path} is not a built .NET assembly: build it first.", exception);
        }
    }

    public void Dispose()
    {
        Types.Dispose();
        Sources.Dispose();
    }
}
