namespace EventDriven.Tests.Schemas;

/// <summary>Differences of <c>type</c>.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class TypeCases
{
    [Theory]
    [InlineData("""{"type":"string"}""", """{"type":["string"]}""", Verdict.Both)]
    [InlineData("""{"type":"string"}""", """{"type":["string","null"]}""", Verdict.Backward, "TYPE_EXTENDED")]
    [InlineData("""{"type":["string","null"]}""", """{"type":"string"}""", Verdict.Forward, "TYPE_NARROWED")]
    [InlineData("""{"type":["null","string"]}""", """{"type":["string","null"]}""", Verdict.Both)]
    [InlineData("""{"type":"string"}""", """{"type":"integer"}""", Verdict.Neither, "TYPE_CHANGED")]
    [InlineData("""{"type":"integer"}""", """{"type":"number"}""", Verdict.Backward, "TYPE_EXTENDED")]
    [InlineData("""{"type":"number"}""", """{"type":"integer"}""", Verdict.Forward, "TYPE_NARROWED")]
    [InlineData("""{"type":["integer","number"]}""", """{"type":"number"}""", Verdict.Both)]
    [InlineData("""{"type":["integer","string"]}""", """{"type":["number","string"]}""", Verdict.Backward, "TYPE_EXTENDED")]
    [InlineData("""{"type":"string"}""", """{}""", Verdict.Backward, "SCHEMA_REMOVED")]
    [InlineData("""{}""", """{"type":"string"}""", Verdict.Forward, "SCHEMA_ADDED")]
    [InlineData("""{"type":"string"}""", """true""", Verdict.Backward)]
    [InlineData("""false""", """{"type":"string"}""", Verdict.Backward)]
    [InlineData("""true""", """{}""", Verdict.Both)]
    [InlineData("""false""", """{"not":{}}""", Verdict.Both)]
    [InlineData("""true""", """false""", Verdict.Forward)]
    [InlineData("""{"type":["null","boolean","integer","number","string","array","object"]}""", """{}""", Verdict.Both)]
    [InlineData("""{"type":["null","boolean","number","string","array","object"]}""", """true""", Verdict.Both)]
    [InlineData("""{"type":"number","multipleOf":1}""", """{"type":"integer"}""", Verdict.Both)]
    [InlineData("""{"type":"number","multipleOf":2}""", """{"type":"integer"}""", Verdict.Backward)]
    [InlineData("""{"type":"boolean"}""", """{"enum":[true,false]}""", Verdict.Both)]
    [InlineData("""{"type":"null"}""", """{"const":null}""", Verdict.Both)]
    [InlineData("""{"type":"object"}""", """{"type":"array"}""", Verdict.Neither, "TYPE_CHANGED")]
    [InlineData(
        """{"properties":{"a":{"type":"string"}}}""", """{"properties":{"a":{"type":["string","null"]}}}""",
        Verdict.Backward, "TYPE_EXTENDED")]
    [InlineData(
        """{"properties":{"a":{"type":"integer"}}}""", """{"properties":{"a":{"type":"string"}}}""",
        Verdict.Neither, "TYPE_CHANGED")]
    public void A_type_is_a_set_of_types(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);
}
