using System.Reflection;
using System.Runtime.Loader;

namespace EventDriven.Messaging.Contracts.Assemblies;

/// <summary>Loads a service with the assemblies beside it, apart from those of other services.</summary>
internal sealed class ServiceLoadContext(string assemblyPath) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(assemblyPath))
{
    private readonly AssemblyDependencyResolver _resolver = new(assemblyPath);

    // What this program has itself (the attributes of events among it) is shared, so that their types are the same.
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        try
        {
            return Default.LoadFromAssemblyName(new AssemblyName(assemblyName.Name!));
        }
        catch (FileNotFoundException)
        {
            return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
        }
    }
}
