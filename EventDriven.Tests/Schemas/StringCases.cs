namespace EventDriven.Tests.Schemas;

/// <summary>Differences of the keywords about strings.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class StringCases
{
    [Theory]
    [InlineData("""{"maxLength":5}""", """{"maxLength":10}""", Verdict.Backward, "MAX_LENGTH_INCREASED")]
    [InlineData("""{"maxLength":10}""", """{"maxLength":5}""", Verdict.Forward, "MAX_LENGTH_DECREASED")]
    [InlineData("""{"type":"string"}""", """{"type":"string","maxLength":5}""", Verdict.Forward, "MAX_LENGTH_ADDED")]
    [InlineData("""{"type":"string","maxLength":5}""", """{"type":"string"}""", Verdict.Backward, "MAX_LENGTH_REMOVED")]
    [InlineData("""{"minLength":5}""", """{"minLength":1}""", Verdict.Backward, "MIN_LENGTH_DECREASED")]
    [InlineData("""{"minLength":1}""", """{"minLength":5}""", Verdict.Forward, "MIN_LENGTH_INCREASED")]
    [InlineData("""{"type":"string"}""", """{"type":"string","minLength":1}""", Verdict.Forward, "MIN_LENGTH_ADDED")]
    [InlineData("""{"type":"string","minLength":1}""", """{"type":"string"}""", Verdict.Backward, "MIN_LENGTH_REMOVED")]
    [InlineData("""{"type":"string"}""", """{"type":"string","minLength":0}""", Verdict.Both)]
    [InlineData("""{"maxLength":5}""", """{"maxLength":5.0}""", Verdict.Both)]
    [InlineData("""{"minLength":1,"maxLength":5}""", """{"minLength":2,"maxLength":9}""", Verdict.Neither)]
    [InlineData("""{"type":"integer"}""", """{"type":"integer","maxLength":3}""", Verdict.Both)]
    [InlineData("""{"type":"string","minLength":3,"maxLength":2}""", """false""", Verdict.Both)]
    [InlineData("""{"type":"string","maxLength":0}""", """{"const":""}""", Verdict.Both)]
    [InlineData("""{"type":["string","null"],"maxLength":3}""", """{"type":["string","null"],"maxLength":4}""", Verdict.Backward)]
    public void Lengths_are_limits(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);

    [Theory]
    [InlineData("""{"type":"string","pattern":"^a"}""", """{"type":"string"}""", Verdict.Backward, "PATTERN_REMOVED")]
    [InlineData("""{"type":"string"}""", """{"type":"string","pattern":"^a"}""", Verdict.Forward, "PATTERN_ADDED")]
    [InlineData("""{"pattern":"^a"}""", """{"pattern":"^b"}""", Verdict.Neither, "PATTERN_CHANGED")]
    [InlineData("""{"pattern":"^a"}""", """{"pattern":"^a"}""", Verdict.Both)]
    [InlineData("""{"type":"string"}""", """{"type":"string","pattern":".*"}""", Verdict.Both)]
    [InlineData("""{"type":"string","pattern":"["}""", """{"type":"string"}""", Verdict.Backward, "PATTERN_REMOVED")]
    [InlineData("""{"enum":["ab","ac"]}""", """{"type":"string","pattern":"^a"}""", Verdict.Backward)]
    [InlineData("""{"enum":["ab","bc"]}""", """{"type":"string","pattern":"^a"}""", Verdict.Neither)]
    public void A_pattern_is_compared_as_a_text(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);

    [Theory]
    [InlineData("""{"type":"string","format":"date"}""", """{"type":"string","format":"date-time"}""", Verdict.Neither, "FORMAT_CHANGED")]
    [InlineData("""{"type":"string"}""", """{"type":"string","format":"uuid"}""", Verdict.Forward, "FORMAT_ADDED")]
    [InlineData("""{"type":"string","format":"uuid"}""", """{"type":"string"}""", Verdict.Backward, "FORMAT_REMOVED")]
    [InlineData("""{"type":"integer"}""", """{"type":"integer","format":"date"}""", Verdict.Both)]
    [InlineData("""{"type":"integer","format":"int32"}""", """{"type":"integer","format":"int64"}""", Verdict.Neither, "FORMAT_CHANGED")]
    [InlineData("""{"type":"boolean"}""", """{"type":"boolean","format":"yes-no"}""", Verdict.Both)]
    public void A_format_is_a_promise(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);
}
