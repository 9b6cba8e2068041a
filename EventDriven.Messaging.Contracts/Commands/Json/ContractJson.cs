using System.CommandLine;
using System.Text.Json;

namespace EventDriven.Messaging.Contracts.Commands.Json;

/// <summary><c>--json</c>: output for programs. The program that has these commands declares the option.</summary>
internal static class ContractJson
{
    /// <summary>Name of the option.</summary>
    public const string Option = "--json";

    private static readonly JsonSerializerOptions Indented =
        new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>Writes the output for a program, or else for a person.</summary>
    public static void Write<T>(this ParseResult parsed, T output, Action forPerson)
    {
        if (parsed.GetValue<bool>(Option))
        {
            Console.WriteLine(JsonSerializer.Serialize(output, Indented));
        }
        else
        {
            forPerson();
        }
    }
}
