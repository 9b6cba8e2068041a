namespace EventDriven.Tests.Schemas;

/// <summary>Differences of <c>anyOf</c> and <c>oneOf</c>.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class UnionCases
{
    [Theory]
    [InlineData(
        """{"anyOf":[{"type":"string"},{"type":"integer"}]}""", """{"anyOf":[{"type":"integer"},{"type":"string"}]}""",
        Verdict.Both)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"integer"}]}""", """{"type":["string","integer"]}""", Verdict.Both)]
    [InlineData(
        """{"anyOf":[{"type":"string"},{"type":"integer"}]}""", """{"anyOf":[{"type":"string"},{"type":"integer"},{"type":"boolean"}]}""",
        Verdict.Backward, "SUM_TYPE_EXTENDED")]
    [InlineData(
        """{"anyOf":[{"type":"string"},{"type":"integer"},{"type":"boolean"}]}""", """{"anyOf":[{"type":"string"},{"type":"integer"}]}""",
        Verdict.Forward, "SUM_TYPE_NARROWED")]
    [InlineData("""{"type":"string"}""", """{"anyOf":[{"type":"string"},{"type":"integer"}]}""", Verdict.Backward, "SUM_TYPE_EXTENDED")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"integer"}]}""", """{"type":"string"}""", Verdict.Forward, "SUM_TYPE_NARROWED")]
    [InlineData(
        """{"anyOf":[{"type":"string"},{"type":"integer"}]}""", """{"anyOf":[{"type":"string"},{"type":"number"}]}""",
        Verdict.Backward, "COMBINED_TYPE_SUBSCHEMAS_CHANGED")]
    [InlineData(
        """{"anyOf":[{"type":"string"},{"type":"integer"}]}""", """{"anyOf":[{"type":"string"},{"type":"boolean"}]}""",
        Verdict.Neither, "COMBINED_TYPE_SUBSCHEMAS_CHANGED")]
    [InlineData("""{"anyOf":[{"type":"string"}]}""", """{"type":"string"}""", Verdict.Both)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"string"}]}""", """{"type":"string"}""", Verdict.Both)]
    [InlineData("""{"anyOf":[{"type":"string"},{}]}""", """{}""", Verdict.Both)]
    [InlineData("""{"anyOf":[{"type":"string"},false]}""", """{"type":"string"}""", Verdict.Both)]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"number"}]}""", """{"type":"number"}""", Verdict.Both)]
    [InlineData(
        """{"anyOf":[{"anyOf":[{"type":"string"},{"type":"integer"}]},{"type":"boolean"}]}""",
        """{"anyOf":[{"type":"string"},{"type":"integer"},{"type":"boolean"}]}""",
        Verdict.Both)]
    [InlineData(
        """{"type":["string","null"],"maxLength":3}""", """{"anyOf":[{"type":"string","maxLength":3},{"type":"null"}]}""",
        Verdict.Both)]
    [InlineData("""{"anyOf":[{"const":"a"},{"const":"b"}]}""", """{"enum":["a","b","c"]}""", Verdict.Backward)]
    [InlineData(
        """{"anyOf":[{"type":"string","maxLength":3},{"type":"string","maxLength":5}]}""", """{"type":"string","maxLength":5}""",
        Verdict.Both)]
    [InlineData("""{"type":"string","anyOf":[{"maxLength":3},{"pattern":"^a"}]}""", """{"type":"string"}""", Verdict.Backward)]
    [InlineData(
        """{"anyOf":[{"type":"object","properties":{"kind":{"const":"a"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]}]}""",
        """{"anyOf":[{"type":"object","properties":{"kind":{"const":"a"},"p":{"type":"string"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]}]}""",
        Verdict.Both)]
    [InlineData(
        """{"anyOf":[{"type":"object","properties":{"kind":{"const":"a"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]}]}""",
        """{"anyOf":[{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"a"},"p":{"type":"string"}},"required":["kind"]}]}""",
        Verdict.Both)]
    [InlineData(
        """{"anyOf":[{"type":"object","properties":{"kind":{"const":"a"},"n":{"type":"integer"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]}]}""",
        """{"anyOf":[{"type":"object","properties":{"kind":{"const":"a"},"n":{"type":"number"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]}]}""",
        Verdict.Backward)]
    [InlineData(
        """{"anyOf":[{"type":"object","properties":{"kind":{"const":"a"},"n":{"type":"integer"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]}]}""",
        """{"anyOf":[{"type":"object","properties":{"kind":{"const":"a"},"n":{"type":"string"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]}]}""",
        Verdict.Neither)]
    [InlineData(
        """{"anyOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"b":{"type":"string"}}}]}""",
        """{"anyOf":[{"properties":{"a":{"type":"string"}}}]}""",
        Verdict.Forward)]
    [InlineData(
        """{"type":"object","properties":{"k":{"enum":["a","b"]}},"required":["k"]}""",
        """{"anyOf":[{"type":"object","properties":{"k":{"const":"a"}},"required":["k"]},"""
        + """{"type":"object","properties":{"k":{"const":"b"}},"required":["k"]}]}""",
        Verdict.Both)]
    [InlineData(
        """{"type":"object","properties":{"k":{"enum":["a","b"]}}}""",
        """{"anyOf":[{"type":"object","properties":{"k":{"const":"a"}}},{"type":"object","properties":{"k":{"const":"b"}}}]}""",
        Verdict.Both)]
    public void Any_of_is_a_union(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);

    [Theory]
    [InlineData(
        """{"oneOf":[{"type":"string"},{"type":"integer"}]}""", """{"oneOf":[{"type":"integer"},{"type":"string"}]}""",
        Verdict.Both)]
    [InlineData(
        """{"oneOf":[{"type":"string"},{"type":"integer"}]}""", """{"anyOf":[{"type":"string"},{"type":"integer"}]}""",
        Verdict.Both)]
    [InlineData(
        """{"oneOf":[{"type":"string"},{"type":"integer"}]}""", """{"oneOf":[{"type":"string"},{"type":"integer"},{"type":"boolean"}]}""",
        Verdict.Backward, "SUM_TYPE_EXTENDED")]
    [InlineData(
        """{"oneOf":[{"type":"string"},{"type":"integer"},{"type":"boolean"}]}""", """{"oneOf":[{"type":"string"},{"type":"integer"}]}""",
        Verdict.Forward, "SUM_TYPE_NARROWED")]
    [InlineData("""{"type":"string"}""", """{"oneOf":[{"type":"string"},{"type":"integer"}]}""", Verdict.Backward, "SUM_TYPE_EXTENDED")]
    [InlineData("""{"type":"string"}""", """{"oneOf":[{"type":"string"},{"type":"string","maxLength":3}]}""", Verdict.Forward)]
    [InlineData(
        """{"oneOf":[{"type":"integer"},{"type":"number"}]}""", """{"anyOf":[{"type":"integer"},{"type":"number"}]}""",
        Verdict.Backward, "COMBINED_TYPE_EXTENDED")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"number"}]}""", """{"type":"number","not":{"type":"integer"}}""", Verdict.Both)]
    [InlineData("""{"oneOf":[{"type":"string"},{"type":"string"}]}""", """false""", Verdict.Both)]
    [InlineData("""{"oneOf":[{"type":"string"}]}""", """{"type":"string"}""", Verdict.Both)]
    [InlineData(
        """{"oneOf":[{"type":"object","properties":{"kind":{"const":"a"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]}]}""",
        """{"oneOf":[{"type":"object","properties":{"kind":{"const":"a"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"c"}},"required":["kind"]}]}""",
        Verdict.Backward, "SUM_TYPE_EXTENDED")]
    [InlineData(
        """{"oneOf":[{"type":"object","properties":{"kind":{"const":"a"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"c"}},"required":["kind"]}]}""",
        """{"oneOf":[{"type":"object","properties":{"kind":{"const":"a"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"c"}},"required":["kind"]}]}""",
        Verdict.Forward, "SUM_TYPE_NARROWED")]
    [InlineData(
        """{"oneOf":[{"type":"object","properties":{"kind":{"const":"a"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]}]}""",
        """{"oneOf":[{"type":"object","properties":{"kind":{"const":"a"},"p":{"type":"string"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]}]}""",
        Verdict.Both)]
    [InlineData(
        """{"oneOf":[{"type":"object","properties":{"kind":{"const":"a"},"n":{"type":"integer"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]}]}""",
        """{"oneOf":[{"type":"object","properties":{"kind":{"const":"a"},"n":{"type":"number"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]}]}""",
        Verdict.Backward)]
    [InlineData(
        """{"oneOf":[{"type":"object","properties":{"kind":{"const":"a"},"n":{"type":"integer"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]}]}""",
        """{"oneOf":[{"type":"object","properties":{"kind":{"const":"a"},"n":{"type":"string"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]}]}""",
        Verdict.Neither)]
    [InlineData(
        """{"oneOf":[{"type":"object","properties":{"kind":{"const":"a"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]}]}""",
        """{"anyOf":[{"type":"object","properties":{"kind":{"const":"b"}},"required":["kind"]},"""
        + """{"type":"object","properties":{"kind":{"const":"a"}},"required":["kind"]}]}""",
        Verdict.Both)]
    [InlineData(
        """{"oneOf":[{"type":"object","required":["a"]},{"type":"object","required":["b"]}]}""",
        """{"anyOf":[{"type":"object","required":["a"]},{"type":"object","required":["b"]}]}""",
        Verdict.Backward)]
    [InlineData("""{"oneOf":[{"type":"string"},{"type":"null"}]}""", """{"type":["string","null"]}""", Verdict.Both)]
    [InlineData(
        """{"oneOf":[{"minimum":0,"type":"number"},{"maximum":-1,"type":"number"}]}""",
        """{"anyOf":[{"minimum":0,"type":"number"},{"maximum":-1,"type":"number"}]}""",
        Verdict.Both)]
    public void One_of_is_a_union_of_disjoint_branches(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);
}
