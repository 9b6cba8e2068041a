using EventDriven.Schemas;

namespace EventDriven.Tests.Schemas;

/// <summary>Differences as they are told, and which versions each mode checks.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class SchemaCompatibilityTests
{
    private const string Short = """{"properties":{"name":{"type":"string","maxLength":5}}}""";
    private const string Long = """{"properties":{"name":{"type":"string","maxLength":10}}}""";

    [Fact]
    public void A_difference_says_what_was_changed_and_what_follows() => Assert.Equal(
        new SchemaDifference(
            "MAX_LENGTH_DECREASED", "#/properties/name/maxLength", "10", "5", BreaksBackward: true, BreaksForward: false,
            "\"maxLength\" was changed from 10 to 5, so the new schema refuses values that the old one admits."),
        Assert.Single(SchemaVerdict.Compare(Long, Short)));

    [Fact]
    public void A_difference_that_breaks_nobody_is_told_too()
    {
        var difference = Assert.Single(SchemaVerdict.Compare(
            Short, """{"properties":{"name":{"type":"string","maxLength":5},"age":{"minimum":0}}}"""));

        Assert.Equal(
            ("OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL", "#/properties/age", null, """{"minimum":0}""", false, false),
            (difference.Rule, difference.Path, difference.Old, difference.Updated, difference.BreaksBackward, difference.BreaksForward));
    }

    [Fact]
    public void A_definition_that_is_used_twice_is_told_twice() => Assert.Equal(
        ["#/properties/a/maxLength", "#/properties/b/maxLength"],
        SchemaVerdict.Compare(Twice(maxLength: 5), Twice(maxLength: 6)).Select(difference => difference.Path));

    [Theory]
    [InlineData(CompatibilityMode.None, true)]
    [InlineData(CompatibilityMode.Backward, true)]
    [InlineData(CompatibilityMode.Forward, false, "2")]
    [InlineData(CompatibilityMode.Full, false, "2")]
    [InlineData(CompatibilityMode.BackwardTransitive, false, "1")]
    [InlineData(CompatibilityMode.ForwardTransitive, false, "2")]
    [InlineData(CompatibilityMode.FullTransitive, false, "1", "2")]
    public void A_transitive_mode_checks_each_version(CompatibilityMode mode, bool isCompatible, params string[] brokenWith)
    {
        var earlier = new[] { SchemaVerdict.Parse("""{"maxLength":20}""", "1"), SchemaVerdict.Parse("""{"maxLength":5}""", "2") };

        var report = SchemaCompatibility.Check(SchemaVerdict.Parse("""{"maxLength":10}""", "3"), earlier, mode);

        Assert.Equal((mode, isCompatible), (report.Mode, report.IsCompatible));
        Assert.Equal(brokenWith, report.Breaks.Select(found => found.Earlier));
    }

    [Fact]
    public void The_first_version_is_compatible() =>
        Assert.True(SchemaCompatibility.Check(SchemaVerdict.Parse("{}"), [], CompatibilityMode.FullTransitive).IsCompatible);

    private static string Twice(int maxLength) =>
        """{"properties":{"a":{"$ref":"#/$defs/t"},"b":{"$ref":"#/$defs/t"}}, """
        + $$""" "$defs":{"t":{"type":"string","maxLength":{{maxLength}} } } }""";
}
