using Mono.Cecil;

namespace EventDriven.Tests.Architecture;

/// <summary>The folder tree is the architecture: arrows point down only, and a folder can be looked over.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ArchitectureTests
{
    private const int MostTypesOfANamespace = 16;

    private static readonly string[] Library =
    [
        "EventDriven.Messaging.Abstractions", "EventDriven.Messaging", "EventDriven.Messaging.Redis", "EventDriven.Messaging.Operations",
        "EventDriven.Messaging.Contracts", "EventDriven.Schemas",
    ];

    private static readonly string[] Services = [
        "Checkout.Api", "Inventory.Worker", "Notifications.Worker", "Analytics.Worker", "Recommendations.Worker"];

    [Fact]
    public void No_namespace_of_the_library_needs_one_that_needs_it()
    {
        var cycles = NamespaceGraph.Of(Library).Cycles();

        Assert.True(cycles.Count == 0, string.Join(Environment.NewLine, cycles));
    }

    [Fact]
    public void A_namespace_of_the_library_has_few_types() => Assert.Empty(
        from name in Library
        from space in Types(name).GroupBy(type => type.Namespace, StringComparer.Ordinal)
        where space.Count() > MostTypesOfANamespace
        select $"{name}: {space.Key} has {space.Count()} types: {string.Join(", ", space.Select(type => type.Name))}");

    [Theory]
    [MemberData(nameof(LibraryNames))]
    public void The_library_needs_nothing_of_this_system(string name) =>
        Assert.DoesNotContain(
            References(name), reference => reference.StartsWith("EventDriven.", StringComparison.Ordinal) && !Library.Contains(reference));

    [Theory]
    [MemberData(nameof(ServiceNames))]
    public void No_service_needs_another(string name) => Assert.Empty(References(name).Intersect(Services));

    [Fact]
    public void The_contracts_need_nothing_but_the_abstractions() => Assert.DoesNotContain(
        References("EventDriven.Contracts"),
        reference => !reference.StartsWith("System.", StringComparison.Ordinal) && reference != "EventDriven.Messaging.Abstractions");

    public static TheoryData<string> LibraryNames => [.. Library];

    public static TheoryData<string> ServiceNames => [.. Services];

    private static IReadOnlyList<string> References(string name)
    {
        using var assembly = Read(name);
        return [.. assembly.MainModule.AssemblyReferences.Select(reference => reference.Name)];
    }

    private static IReadOnlyList<TypeDefinition> Types(string name)
    {
        using var assembly = Read(name);
        return [
            .. assembly.MainModule.Types.Where(
                type => type.Namespace.StartsWith("EventDriven", StringComparison.Ordinal) && !IsGenerated(type))];
    }

    // By the compiler, or by the source generator of the options' validators.
    private static bool IsGenerated(TypeDefinition type) =>
        type.Name.Contains('<', StringComparison.Ordinal) || type.Name.StartsWith("__", StringComparison.Ordinal);

    private static AssemblyDefinition Read(string name) =>
        AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));
}
