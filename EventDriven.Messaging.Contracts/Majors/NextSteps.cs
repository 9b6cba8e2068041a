using EventDriven.Messaging.Contracts.Files;
using EventDriven.Messaging.Contracts.Model;

namespace EventDriven.Messaging.Contracts.Majors;

/// <summary>What is left to write after the records of a new major version are there.</summary>
internal static class NextSteps
{
    /// <summary>The steps, with the code of each.</summary>
    /// <param name="major">The new version.</param>
    /// <param name="landscape">The solution as compiled.</param>
    /// <param name="folder">Where its contracts are kept.</param>
    public static string Of(NewMajor major, Landscape landscape, ContractFolder folder)
    {
        var version = major.Version;
        var names = major.Events.Select(contract => contract.Record.Name).ToList();
        var producers = major.Events.SelectMany(contract => landscape.Producers[contract.Type]).Distinct().DefaultIfEmpty("the producer");
        return $"""

            1. Change the records of {version}, and their conversions.
            2. Declare the topic {major.Topic} beside {major.Former}.
            3. Publish both versions, in {string.Join(", ", producers)}, each after its Publishes:
               using {version} = {major.Namespace};
            {Lines(names, name => $".AlsoPublishes<{name}, {version}.{name}>(\"{major.Topic}\", {version}.Conversions.To{version})")}
               If a JsonSerializerContext names the records of {major.Former}, make one for those of {version}, in their namespace, and
               add it to UseJson. Without one they are serialized by reflection.
            4. Write down what the new version promises: {folder.CommandLine("add")}
            """;
    }

    private static string Lines(IEnumerable<string> names, Func<string, string> line) =>
        string.Join(Environment.NewLine, names.Select(name => "   " + line(name)));
}
