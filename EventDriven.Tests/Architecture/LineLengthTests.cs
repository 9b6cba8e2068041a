using System.Globalization;

namespace EventDriven.Tests.Architecture;

/// <summary>No line of code is longer than <c>max_line_length</c> of <c>.editorconfig</c>, which no analyzer checks.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class LineLengthTests
{
    private const string Setting = "max_line_length = ";

    // What is generated, and what is not of this repository.
    private static readonly string[] Excluded = ["artifacts", "bin", "obj", ".git", ".local", "Migrations"];

    [Fact]
    public void No_line_of_code_is_longer_than_configured()
    {
        var most = File.ReadLines(Path.Combine(Repository.Root, ".editorconfig"))
            .Where(line => line.StartsWith(Setting, StringComparison.Ordinal))
            .Select(line => int.Parse(line[Setting.Length..], CultureInfo.InvariantCulture))
            .First();

        Assert.Empty(
            from file in Sources(new DirectoryInfo(Repository.Root))
            from line in File.ReadLines(file).Select((text, index) => (Length: text.Length, Number: index + 1))
            where line.Length > most
            select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Number} has {line.Length}");
    }

    private static IEnumerable<string> Sources(DirectoryInfo folder) => folder.GetFiles("*.cs").Select(file => file.FullName)
        .Concat(folder.GetDirectories().Where(inner => !Excluded.Contains(inner.Name)).SelectMany(Sources));
}
