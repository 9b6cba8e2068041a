namespace EventDriven.Tests.Schemas;

/// <summary>Differences of <c>enum</c> and <c>const</c>, which are sets of values.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class EnumCases
{
    [Theory]
    [InlineData("""{"enum":["a","b"]}""", """{"enum":["b","a"]}""", Verdict.Both)]
    [InlineData("""{"enum":["a"]}""", """{"enum":["a","b"]}""", Verdict.Backward, "ENUM_ARRAY_EXTENDED")]
    [InlineData("""{"enum":["a","b"]}""", """{"enum":["a"]}""", Verdict.Forward, "ENUM_ARRAY_NARROWED")]
    [InlineData("""{"enum":["a","b"]}""", """{"enum":["a","c"]}""", Verdict.Neither, "ENUM_ARRAY_CHANGED")]
    [InlineData("""{"enum":[1]}""", """{"enum":[1.0]}""", Verdict.Both)]
    [InlineData("""{"enum":[100]}""", """{"const":1e2}""", Verdict.Both)]
    [InlineData("""{"enum":[{"a":1,"b":2}]}""", """{"enum":[{"b":2.0,"a":1}]}""", Verdict.Both)]
    [InlineData("""{"enum":[[1,2]]}""", """{"enum":[[2,1]]}""", Verdict.Neither)]
    [InlineData("""{"const":"a"}""", """{"enum":["a"]}""", Verdict.Both)]
    [InlineData("""{"const":"a"}""", """{"enum":["a","b"]}""", Verdict.Backward, "ENUM_ARRAY_EXTENDED")]
    [InlineData("""{"const":"a"}""", """{"const":"b"}""", Verdict.Neither, "ENUM_ARRAY_CHANGED")]
    [InlineData("""{"const":1}""", """{"const":"1"}""", Verdict.Neither)]
    [InlineData("""{"const":true}""", """{"const":1}""", Verdict.Neither)]
    [InlineData("""{"const":null}""", """{"type":"null"}""", Verdict.Both)]
    [InlineData("""{"type":"string"}""", """{"type":"string","enum":["a"]}""", Verdict.Forward, "ENUM_ARRAY_ADDED")]
    [InlineData("""{"type":"string","enum":["a"]}""", """{"type":"string"}""", Verdict.Backward, "ENUM_ARRAY_REMOVED")]
    [InlineData("""{"enum":["a"]}""", """{"type":"string","enum":["a"]}""", Verdict.Both)]
    [InlineData("""{"enum":["a",1]}""", """{"type":"string","enum":["a",1]}""", Verdict.Forward)]
    [InlineData("""{"enum":["a","a"]}""", """{"enum":["a"]}""", Verdict.Both)]
    public void Values_are_sets(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);

    [Theory]
    [InlineData("""{"enum":["a","b"]}""", """{"type":"string"}""", Verdict.Backward)]
    [InlineData("""{"enum":["a",1]}""", """{"type":"string"}""", Verdict.Neither)]
    [InlineData("""{"enum":[1,2]}""", """{"type":"integer"}""", Verdict.Backward)]
    [InlineData("""{"enum":[1,2.0]}""", """{"type":"integer"}""", Verdict.Backward)]
    [InlineData("""{"enum":[1,2.5]}""", """{"type":"integer"}""", Verdict.Neither)]
    [InlineData("""{"enum":[1,2]}""", """{"minimum":1}""", Verdict.Backward)]
    [InlineData("""{"enum":[0,2]}""", """{"type":"integer","minimum":1}""", Verdict.Neither)]
    [InlineData("""{"enum":["ab"]}""", """{"type":"string","maxLength":2}""", Verdict.Backward)]
    [InlineData("""{"enum":["abc"]}""", """{"type":"string","maxLength":2}""", Verdict.Neither)]
    [InlineData("""{"enum":["\uD83D\uDE00"]}""", """{"type":"string","maxLength":1}""", Verdict.Backward)]
    [InlineData("""{"enum":[2,4]}""", """{"multipleOf":2}""", Verdict.Backward)]
    [InlineData("""{"enum":[{"a":1}]}""", """{"type":"object","required":["a"]}""", Verdict.Backward)]
    [InlineData("""{"enum":[{"b":1}]}""", """{"type":"object","required":["a"]}""", Verdict.Neither)]
    [InlineData("""{"enum":[[1,2]]}""", """{"type":"array","items":{"type":"integer"},"minItems":2}""", Verdict.Backward)]
    [InlineData("""{"enum":["a","b"]}""", """{"anyOf":[{"const":"a"},{"const":"b"}]}""", Verdict.Both)]
    [InlineData("""{"enum":["a","b"]}""", """{"oneOf":[{"const":"a"},{"const":"b"}]}""", Verdict.Both)]
    [InlineData("""{"enum":["a"]}""", """{"oneOf":[{"const":"a"},{"type":"string"}]}""", Verdict.Neither)]
    [InlineData("""{"enum":["a"]}""", """{"not":{"const":"b"}}""", Verdict.Backward)]
    [InlineData("""{"enum":[]}""", """false""", Verdict.Both)]
    public void A_value_is_validated_by_the_other_side(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);
}
