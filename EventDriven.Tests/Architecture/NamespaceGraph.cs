using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EventDriven.Tests.Architecture;

/// <summary>Which namespaces of some assemblies use which, as compiled: bases, members, and what the code of methods names.</summary>
internal sealed class NamespaceGraph
{
    private readonly Dictionary<string, Dictionary<string, string>> _uses = new(StringComparer.Ordinal);
    private readonly HashSet<string> _assemblies;

    private NamespaceGraph(IEnumerable<string> assemblies) => _assemblies = assemblies.ToHashSet(StringComparer.Ordinal);

    /// <summary>Reads assemblies that stand beside the tests.</summary>
    public static NamespaceGraph Of(params IReadOnlyCollection<string> assemblies)
    {
        var graph = new NamespaceGraph(assemblies);
        foreach (var name in assemblies)
        {
            using var assembly = AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));
            foreach (var type in assembly.MainModule.GetTypes())
            {
                graph.Read(type);
            }
        }

        return graph;
    }

    /// <summary>A way from a namespace back to itself for each that has one: namespace → namespace (type that does so).</summary>
    public IReadOnlyList<string> Cycles() =>
    [
        .. from start in _uses.Keys
           from next in _uses[start]
           where string.CompareOrdinal(start, next.Key) < 0 && PathBetween(next.Key, start) is not null
           select $"{start} → {next.Key} ({next.Value}), and back: "
               + $"{string.Join(" → ", PathBetween(next.Key, start)!.Select(step => $"{step} ({Example(step, start, next.Key)})"))}",
    ];

    private string Example(string step, string start, string next) =>
        PathBetween(next, start) is { } path && path.IndexOf(step) is var i && i + 1 < path.Count ? _uses[step][path[i + 1]] : "…";

    private List<string>? PathBetween(string from, string to)
    {
        var before = new Dictionary<string, string?>(StringComparer.Ordinal) { [from] = null };
        var queue = new Queue<string>([from]);
        while (queue.TryDequeue(out var current))
        {
            if (current == to)
            {
                var path = new List<string>();
                for (string? step = current; step is not null; step = before[step])
                {
                    path.Insert(0, step);
                }

                return path;
            }

            foreach (var next in _uses.GetValueOrDefault(current)?.Keys.Where(next => before.TryAdd(next, current)) ?? [])
            {
                queue.Enqueue(next);
            }
        }

        return null;
    }

    private void Read(TypeDefinition type)
    {
        var (from, by) = (Name(type), type.FullName);
        Use(from, by, type.BaseType);
        foreach (var used in type.Interfaces.Select(i => i.InterfaceType).Concat(type.Fields.Select(f => f.FieldType)))
        {
            Use(from, by, used);
        }

        foreach (var method in type.Methods)
        {
            Use(from, by, method.ReturnType);
            foreach (var parameter in method.Parameters)
            {
                Use(from, by, parameter.ParameterType);
            }

            foreach (var instruction in method.HasBody ? method.Body.Instructions : [])
            {
                Read(from, by, instruction);
            }
        }
    }

    private void Read(string from, string by, Instruction instruction)
    {
        switch (instruction.Operand)
        {
            case TypeReference used:
                Use(from, by, used);
                break;
            case MethodReference method:
                Use(from, by, method.DeclaringType);
                Use(from, by, method.ReturnType);
                foreach (var argument in method is GenericInstanceMethod generic ? generic.GenericArguments : [])
                {
                    Use(from, by, argument);
                }

                break;
            case FieldReference field:
                Use(from, by, field.DeclaringType);
                Use(from, by, field.FieldType);
                break;
        }
    }

    private void Use(string from, string by, TypeReference? used)
    {
        switch (used)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                Use(from, by, generic.ElementType);
                foreach (var argument in generic.GenericArguments)
                {
                    Use(from, by, argument);
                }

                return;
            case TypeSpecification specification:
                Use(from, by, specification.ElementType);
                return;
        }

        var to = Name(used);
        if (to != from && _assemblies.Contains(Assembly(used)))
        {
            if (!_uses.TryGetValue(from, out var uses))
            {
                _uses.Add(from, uses = new Dictionary<string, string>(StringComparer.Ordinal));
            }

            uses.TryAdd(to, $"{by} uses {used.Name}");
        }
    }

    private static string Assembly(TypeReference type) =>
        type.Scope is ModuleDefinition module ? module.Assembly.Name.Name : type.Scope.Name;

    // A namespace that two assemblies have is two: the one above may use the one below.
    private static string Name(TypeReference type)
    {
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        return $"{Assembly(type)}: {type.Namespace}";
    }
}
