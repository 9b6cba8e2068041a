using System.Reflection;
using System.Text.RegularExpressions;

namespace EventDriven.Tests.Templates;

/// <summary>The record of an event in a worker that was made.</summary>
/// <param name="EventName">The name that it bears.</param>
/// <param name="Fields">Type and name of each field.</param>
internal sealed partial record GeneratedRecord(string EventName, IReadOnlyList<string> Fields)
{
    private const int Timeout = 1_000;

    public static async Task<GeneratedRecord> ReadAsync(string folder, string name, CancellationToken cancellationToken)
    {
        var file = Directory.GetFiles(folder, $"{name}.cs", SearchOption.AllDirectories).Single();
        var source = await File.ReadAllTextAsync(file, cancellationToken);
        return new GeneratedRecord(
            Name().Match(source).Groups["name"].Value,
            [.. Field().Matches(source).Select(field => $"{field.Groups["type"].Value} {field.Groups["name"].Value}")]);
    }

    /// <summary>Type and name of a contract's field, its elements called as the worker calls them.</summary>
    public static string Describe(ParameterInfo field)
    {
        var isNullable = new NullabilityInfoContext().Create(field).WriteState == NullabilityState.Nullable;
        return $"{Describe(field.ParameterType, field.Member.DeclaringType!)}{(isNullable ? "?" : "")} {field.Name}";
    }

    private static string Describe(Type type, Type @event) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is { } underlying => Describe(underlying, @event),
        { IsGenericType: true } => $"IReadOnlyList<{Describe(type.GenericTypeArguments[0], @event)}>",
        _ when type == typeof(string) => "string",
        _ when type == typeof(decimal) => "decimal",
        { Name: "OrderLine" or "StockLine" } => $"{@event.Name}Line",
        { Name: "StockShortage" } => $"{@event.Name}Shortage",
        _ => type.Name,
    };

    [GeneratedRegex("""^\[Event\("(?<name>[^"]+)"\)\]""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Name();

    [GeneratedRegex(
        @"^    \[.+\] (?<type>[\w<>]+\??) (?<name>\w+)( = null)?(,|\);)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Field();
}
