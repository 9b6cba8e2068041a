namespace EventDriven.Tests.Schemas;

/// <summary>References are what they name, and annotations are nothing.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ReferenceCases
{
    [Theory]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"type":"string"}}}""", """{"type":"string"}""", Verdict.Both)]
    [InlineData(
        """{"$ref":"#/$defs/a","$defs":{"a":{"type":"string"}}}""", """{"$ref":"#/$defs/b","$defs":{"b":{"type":"string"}}}""",
        Verdict.Both)]
    [InlineData(
        """{"$ref":"#/$defs/a","$defs":{"a":{"type":"string"}}}""", """{"$ref":"#/definitions/a","definitions":{"a":{"type":"string"}}}""",
        Verdict.Both)]
    [InlineData(
        """{"$ref":"#/$defs/a","$defs":{"a":{"type":"string"}}}""", """{"$ref":"#/$defs/a","$defs":{"a":{"type":["string","null"]}}}""",
        Verdict.Backward, "TYPE_EXTENDED")]
    [InlineData(
        """{"$ref":"#/$defs/a","maxLength":3,"$defs":{"a":{"type":"string"}}}""", """{"type":"string","maxLength":3}""",
        Verdict.Both)]
    [InlineData("""{"$ref":"#/$defs/a~1b","$defs":{"a/b":{"type":"string"}}}""", """{"type":"string"}""", Verdict.Both)]
    [InlineData("""{"$ref":"#/$defs/a~0b","$defs":{"a~b":{"type":"string"}}}""", """{"type":"string"}""", Verdict.Both)]
    [InlineData("""{"$ref":"#/$defs/a%20b","$defs":{"a b":{"type":"string"}}}""", """{"type":"string"}""", Verdict.Both)]
    [InlineData("""{"$ref":"#text","$defs":{"a":{"$anchor":"text","type":"string"}}}""", """{"type":"string"}""", Verdict.Both)]
    [InlineData("""{"$ref":"text","$defs":{"a":{"$id":"text","type":"string"}}}""", """{"type":"string"}""", Verdict.Both)]
    [InlineData(
        """{"$id":"https://example.com/o","$ref":"https://example.com/o#/$defs/a","$defs":{"a":{"type":"string"}}}""",
        """{"type":"string"}""",
        Verdict.Both)]
    [InlineData(
        """{"$id":"https://example.com/o","$ref":"text","$defs":{"a":{"$id":"text","type":"string"}}}""", """{"type":"string"}""",
        Verdict.Both)]
    [InlineData(
        """{"$id":"https://example.com/o","$ref":"text#/$defs/b","$defs":{"a":{"$id":"text","$defs":{"b":{"type":"string"}}}}}""",
        """{"type":"string"}""",
        Verdict.Both)]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"type":"string"}}}""", """{"type":"string"}""", Verdict.Both)]
    [InlineData("""{"type":"object","$defs":{"unused":{"type":"string"}}}""", """{"type":"object"}""", Verdict.Both)]
    [InlineData(
        """{"properties":{"$ref":{"type":"string"}}}""", """{"properties":{"$ref":{"type":"integer"}}}""",
        Verdict.Neither, "TYPE_CHANGED")]
    [InlineData(
        """{"allOf":[{"$ref":"#/$defs/a"}],"properties":{"b":{}},"$defs":{"a":{"required":["x"]}}}""",
        """{"required":["x"],"properties":{"b":{}}}""",
        Verdict.Both)]
    public void A_reference_is_what_it_names(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);

    [Theory]
    [InlineData(
        """{"type":"string"}""", """{"type":"string","title":"T","description":"D","default":"x","examples":["y"]}""",
        Verdict.Both)]
    [InlineData(
        """{"type":"string"}""", """{"type":"string","deprecated":true,"readOnly":true,"writeOnly":true,"$comment":"c","x-note":1}""",
        Verdict.Both)]
    [InlineData("""{"type":"string"}""", """{"type":"string","contentEncoding":"base64","contentMediaType":"image/png"}""", Verdict.Both)]
    [InlineData(
        """{"$schema":"http://json-schema.org/draft-07/schema#","type":"string"}""",
        """{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"string"}""",
        Verdict.Both)]
    [InlineData("""{"$id":"https://example.com/1","type":"string"}""", """{"$id":"https://example.com/2","type":"string"}""", Verdict.Both)]
    public void Annotations_are_no_difference(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);
}
