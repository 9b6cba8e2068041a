namespace EventDriven.Tests.Schemas;

/// <summary>Differences of <c>allOf</c>, <c>not</c>, and <c>if</c>, <c>then</c> and <c>else</c>.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ProductCases
{
    [Theory]
    [InlineData("""{"allOf":[{"type":"string"}]}""", """{"type":"string"}""", Verdict.Both)]
    [InlineData("""{"allOf":[{"type":"string"},{"maxLength":5}]}""", """{"type":"string","maxLength":5}""", Verdict.Both)]
    [InlineData("""{"allOf":[{"type":"string"},{"maxLength":5}]}""", """{"allOf":[{"maxLength":5},{"type":"string"}]}""", Verdict.Both)]
    [InlineData(
        """{"allOf":[{"type":"string"},{"maxLength":5}]}""", """{"allOf":[{"type":"string"},{"maxLength":9}]}""",
        Verdict.Backward, "MAX_LENGTH_INCREASED")]
    [InlineData(
        """{"allOf":[{"type":"string"}]}""", """{"allOf":[{"type":"string"},{"maxLength":5}]}""",
        Verdict.Forward, "PRODUCT_TYPE_EXTENDED")]
    [InlineData("""{"allOf":[{"type":"string"},{"maxLength":5}]}""", """{"type":"string"}""", Verdict.Backward, "PRODUCT_TYPE_NARROWED")]
    [InlineData(
        """{"allOf":[{"type":"string"},{"minLength":1},{"maxLength":5}]}""", """{"allOf":[{"type":"string"},{"minLength":1}]}""",
        Verdict.Backward, "PRODUCT_TYPE_NARROWED")]
    [InlineData("""{"allOf":[{"minimum":1},{"minimum":5}]}""", """{"minimum":5}""", Verdict.Both)]
    [InlineData("""{"allOf":[{"type":"string"},{"type":"integer"}]}""", """false""", Verdict.Both)]
    [InlineData(
        """{"allOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"b":{"type":"string"}}}]}""",
        """{"properties":{"a":{"type":"string"},"b":{"type":"string"}}}""",
        Verdict.Both)]
    [InlineData(
        """{"allOf":[{"properties":{"a":{"type":"number"}}},{"properties":{"a":{"type":"integer"}}}]}""",
        """{"properties":{"a":{"type":"integer"}}}""",
        Verdict.Both)]
    [InlineData("""{"allOf":[{"required":["a"]},{"required":["b"]}]}""", """{"required":["a","b"]}""", Verdict.Both)]
    [InlineData(
        """{"allOf":[{"properties":{"a":{}},"additionalProperties":false},{"properties":{"b":{}}}]}""",
        """{"properties":{"a":{}},"additionalProperties":false}""",
        Verdict.Both)]
    [InlineData("""{"allOf":[{"type":["string","null"]},{"type":["string","integer"]}]}""", """{"type":"string"}""", Verdict.Both)]
    [InlineData("""{"allOf":[{"type":"string"},{"type":"string"}]}""", """{"allOf":[{"type":"string"}]}""", Verdict.Both)]
    public void All_of_is_an_intersection(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);

    [Theory]
    [InlineData("""{"not":{"type":"string"}}""", """{"not":{"type":["string","null"]}}""", Verdict.Forward, "NOT_TYPE_EXTENDED")]
    [InlineData("""{"not":{"type":["string","null"]}}""", """{"not":{"type":"string"}}""", Verdict.Backward, "NOT_TYPE_NARROWED")]
    [InlineData("""{}""", """{"not":{"type":"string"}}""", Verdict.Forward)]
    [InlineData("""{"type":"object"}""", """{"type":"object","not":{"required":["a"]}}""", Verdict.Forward, "NOT_TYPE_ADDED")]
    [InlineData("""{"type":"object","not":{"required":["a"]}}""", """{"type":"object"}""", Verdict.Backward, "NOT_TYPE_REMOVED")]
    [InlineData("""{"type":"integer"}""", """{"type":"integer","not":{"type":"string"}}""", Verdict.Both)]
    [InlineData("""{"type":"object","not":{"required":["a"]}}""", """{"type":"object","properties":{"a":false}}""", Verdict.Both)]
    [InlineData("""{"not":{"not":{"type":"string"}}}""", """{"type":"string"}""", Verdict.Both)]
    [InlineData(
        """{"not":{"properties":{"a":{}},"required":["a"]}}""", """{"not":{"properties":{"a":{"type":"string"}},"required":["a"]}}""",
        Verdict.Backward)]
    [InlineData("""{"type":"string","not":{"type":"string"}}""", """false""", Verdict.Both)]
    [InlineData("""{"enum":[1,2,3],"not":{"const":3}}""", """{"enum":[1,2]}""", Verdict.Both)]
    public void Not_turns_the_direction(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);

    [Theory]
    [InlineData(
        """{"type":"object"}""", """{"type":"object","if":{"required":["a"]},"then":{"required":["b"]}}""",
        Verdict.Forward, "CONDITIONAL_ADDED")]
    [InlineData(
        """{"type":"object","if":{"required":["a"]},"then":{"required":["b"]}}""", """{"type":"object"}""",
        Verdict.Backward, "CONDITIONAL_REMOVED")]
    [InlineData(
        """{"if":{"required":["a"]},"then":{"required":["b","c"]}}""", """{"if":{"required":["a"]},"then":{"required":["b"]}}""",
        Verdict.Backward, "CONDITIONAL_CHANGED")]
    [InlineData(
        """{"if":{"type":"string"},"then":{"maxLength":3},"else":{"minimum":1}}""",
        """{"if":{"type":"string"},"then":{"maxLength":5},"else":{"minimum":0}}""",
        Verdict.Backward)]
    [InlineData(
        """{"if":{"type":"string"},"then":{"maxLength":3},"else":{"minimum":1}}""",
        """{"if":{"type":"string"},"then":{"maxLength":5},"else":{"minimum":2}}""",
        Verdict.Neither)]
    [InlineData("""{"type":"string","if":{"type":"string"},"then":{"maxLength":3}}""", """{"type":"string","maxLength":3}""", Verdict.Both)]
    [InlineData("""{"type":"string","if":{"type":"integer"},"then":{"minimum":3}}""", """{"type":"string"}""", Verdict.Both)]
    [InlineData("""{"if":{"type":"string"}}""", """{}""", Verdict.Both)]
    [InlineData("""{"then":{"type":"string"}}""", """{}""", Verdict.Both)]
    [InlineData("""{"type":"string","if":true,"then":{"maxLength":3}}""", """{"type":"string","maxLength":3}""", Verdict.Both)]
    [InlineData("""{"type":"string","if":false,"then":{"maxLength":3}}""", """{"type":"string"}""", Verdict.Both)]
    [InlineData(
        """{"type":"object","if":{"required":["a"]},"then":{"required":["b"]}}""", """{"type":"object","dependentRequired":{"a":["b"]}}""",
        Verdict.Both)]
    public void A_conditional_restricts(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);
}
