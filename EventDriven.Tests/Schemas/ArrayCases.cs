namespace EventDriven.Tests.Schemas;

/// <summary>Differences of the keywords about arrays.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ArrayCases
{
    [Theory]
    [InlineData("""{"maxItems":1}""", """{"maxItems":2}""", Verdict.Backward, "MAX_ITEMS_INCREASED")]
    [InlineData("""{"maxItems":2}""", """{"maxItems":1}""", Verdict.Forward, "MAX_ITEMS_DECREASED")]
    [InlineData("""{"type":"array"}""", """{"type":"array","maxItems":1}""", Verdict.Forward, "MAX_ITEMS_ADDED")]
    [InlineData("""{"type":"array","maxItems":1}""", """{"type":"array"}""", Verdict.Backward, "MAX_ITEMS_REMOVED")]
    [InlineData("""{"minItems":2}""", """{"minItems":1}""", Verdict.Backward, "MIN_ITEMS_DECREASED")]
    [InlineData("""{"minItems":1}""", """{"minItems":2}""", Verdict.Forward, "MIN_ITEMS_INCREASED")]
    [InlineData("""{"type":"array"}""", """{"type":"array","minItems":1}""", Verdict.Forward, "MIN_ITEMS_ADDED")]
    [InlineData("""{"type":"array","minItems":1}""", """{"type":"array"}""", Verdict.Backward, "MIN_ITEMS_REMOVED")]
    [InlineData("""{"type":"array"}""", """{"type":"array","uniqueItems":true}""", Verdict.Forward, "UNIQUE_ITEMS_ADDED")]
    [InlineData("""{"type":"array","uniqueItems":true}""", """{"type":"array"}""", Verdict.Backward, "UNIQUE_ITEMS_REMOVED")]
    [InlineData("""{"type":"array"}""", """{"type":"array","uniqueItems":false}""", Verdict.Both)]
    [InlineData("""{"type":"array","maxItems":1}""", """{"type":"array","maxItems":1,"uniqueItems":true}""", Verdict.Both)]
    public void Sizes_are_limits(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);

    [Theory]
    [InlineData("""{"items":{"type":"integer"}}""", """{"items":{"type":"number"}}""", Verdict.Backward, "TYPE_EXTENDED")]
    [InlineData("""{"items":{"type":"string"}}""", """{"items":{"type":"integer"}}""", Verdict.Neither, "TYPE_CHANGED")]
    [InlineData("""{"type":"array"}""", """{"type":"array","items":{"type":"string"}}""", Verdict.Forward, "ADDITIONAL_ITEMS_NARROWED")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", """{"type":"array"}""", Verdict.Backward, "ADDITIONAL_ITEMS_EXTENDED")]
    [InlineData("""{"type":"array","items":{}}""", """{"type":"array"}""", Verdict.Both)]
    [InlineData("""{"type":"array","items":false}""", """{"type":"array","maxItems":0}""", Verdict.Both)]
    [InlineData(
        """{"prefixItems":[{"type":"string"}]}""", """{"prefixItems":[{"type":["string","null"]}]}""",
        Verdict.Backward, "TYPE_EXTENDED")]
    [InlineData(
        """{"type":"array"}""", """{"type":"array","prefixItems":[{"type":"string"}]}""",
        Verdict.Forward, "ITEM_ADDED_TO_OPEN_CONTENT_MODEL")]
    [InlineData(
        """{"type":"array","prefixItems":[{"type":"string"}]}""", """{"type":"array"}""",
        Verdict.Backward, "ITEM_REMOVED_FROM_OPEN_CONTENT_MODEL")]
    [InlineData(
        """{"prefixItems":[{}],"items":false}""", """{"prefixItems":[{},{}],"items":false}""",
        Verdict.Backward, "ITEM_ADDED_TO_CLOSED_CONTENT_MODEL")]
    [InlineData(
        """{"prefixItems":[{},{}],"items":false}""", """{"prefixItems":[{}],"items":false}""",
        Verdict.Forward, "ITEM_REMOVED_FROM_CLOSED_CONTENT_MODEL")]
    [InlineData(
        """{"prefixItems":[{},{"type":"integer"}],"items":{"type":"number"}}""", """{"prefixItems":[{}],"items":{"type":"number"}}""",
        Verdict.Backward, "ITEM_REMOVED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL")]
    [InlineData(
        """{"prefixItems":[{}],"items":{"type":"number"}}""", """{"prefixItems":[{},{"type":"integer"}],"items":{"type":"number"}}""",
        Verdict.Forward, "ITEM_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL")]
    [InlineData(
        """{"prefixItems":[{"type":"string"}],"items":false}""", """{"prefixItems":[{"type":"string"}]}""",
        Verdict.Backward, "ADDITIONAL_ITEMS_ADDED")]
    [InlineData(
        """{"items":[{"type":"string"}],"additionalItems":false}""", """{"prefixItems":[{"type":"string"}],"items":false}""",
        Verdict.Both)]
    [InlineData(
        """{"prefixItems":[{"type":"string"}],"maxItems":1}""", """{"prefixItems":[{"type":"string"}],"items":false}""",
        Verdict.Both)]
    [InlineData(
        """{"type":"array","items":{"properties":{"a":{"type":"string"}}}}""",
        """{"type":"array","items":{"properties":{"a":{"type":"string"},"b":{"type":"string"}}}}""",
        Verdict.Both)]
    [InlineData("""{"additionalItems":false}""", """{}""", Verdict.Both)]
    public void Items_are_contained(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);

    [Theory]
    [InlineData("""{"type":"array"}""", """{"type":"array","contains":{"type":"string"}}""", Verdict.Forward, "CONTAINS_ADDED")]
    [InlineData("""{"type":"array","contains":{"type":"string"}}""", """{"type":"array"}""", Verdict.Backward, "CONTAINS_REMOVED")]
    [InlineData("""{"contains":{"type":"integer"}}""", """{"contains":{"type":"number"}}""", Verdict.Backward, "CONTAINS_CHANGED")]
    [InlineData("""{"contains":{},"minContains":2}""", """{"contains":{},"minContains":1}""", Verdict.Backward, "MIN_CONTAINS_DECREASED")]
    [InlineData(
        """{"contains":{"type":"string"},"minContains":1}""", """{"contains":{"type":"string"},"minContains":2}""",
        Verdict.Forward, "MIN_CONTAINS_INCREASED")]
    [InlineData("""{"contains":{"type":"string"}}""", """{"contains":{"type":"string"},"minContains":1}""", Verdict.Both)]
    [InlineData(
        """{"contains":{"type":"string"},"maxContains":1}""", """{"contains":{"type":"string"},"maxContains":2}""",
        Verdict.Backward, "MAX_CONTAINS_INCREASED")]
    [InlineData(
        """{"contains":{"type":"string"},"maxContains":2}""", """{"contains":{"type":"string"},"maxContains":1}""",
        Verdict.Forward, "MAX_CONTAINS_DECREASED")]
    [InlineData(
        """{"contains":{"type":"string"}}""", """{"contains":{"type":"string"},"maxContains":2}""",
        Verdict.Forward, "MAX_CONTAINS_ADDED")]
    [InlineData(
        """{"contains":{"type":"string"},"maxContains":2}""", """{"contains":{"type":"string"}}""",
        Verdict.Backward, "MAX_CONTAINS_REMOVED")]
    [InlineData("""{"type":"array","contains":{"type":"string"},"minContains":0}""", """{"type":"array"}""", Verdict.Both)]
    [InlineData("""{"type":"array","contains":{}}""", """{"type":"array","minItems":1}""", Verdict.Both)]
    [InlineData(
        """{"type":"array","items":{"type":"integer"},"minItems":1}""", """{"type":"array","contains":{"type":"number"}}""",
        Verdict.Backward)]
    [InlineData("""{"type":"array","contains":false}""", """false""", Verdict.Both)]
    [InlineData("""{"minContains":3}""", """{}""", Verdict.Both)]
    public void Contains_counts(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);

    [Theory]
    [InlineData("""{"type":"array"}""", """{"type":"array","unevaluatedItems":false}""", Verdict.Forward, "UNEVALUATED_ITEMS_REMOVED")]
    [InlineData("""{"type":"array","unevaluatedItems":false}""", """{"type":"array"}""", Verdict.Backward, "UNEVALUATED_ITEMS_ADDED")]
    [InlineData("""{"prefixItems":[{}],"unevaluatedItems":false}""", """{"prefixItems":[{}],"items":false}""", Verdict.Both)]
    [InlineData("""{"allOf":[{"prefixItems":[{}]}],"unevaluatedItems":false}""", """{"prefixItems":[{}],"items":false}""", Verdict.Both)]
    [InlineData(
        """{"type":"array","unevaluatedItems":{"type":"integer"}}""", """{"type":"array","unevaluatedItems":{"type":"number"}}""",
        Verdict.Backward, "UNEVALUATED_ITEMS_EXTENDED")]
    [InlineData("""{"items":{"type":"string"}}""", """{"items":{"type":"string"},"unevaluatedItems":false}""", Verdict.Both)]
    public void Unevaluated_items_are_those_that_no_branch_evaluates(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);
}
