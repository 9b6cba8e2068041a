namespace EventDriven.Tests.Schemas;

/// <summary>Differences of the keywords about objects: open, partially open and closed.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ObjectCases
{
    [Theory]
    [InlineData(
        """{"properties":{"a":{"type":"string"}}}""", """{"properties":{"a":{"type":"string"},"b":{"type":"integer"}}}""",
        Verdict.Both, "OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL")]
    [InlineData(
        """{"properties":{"a":{"type":"string"},"b":{"type":"integer"}}}""", """{"properties":{"a":{"type":"string"}}}""",
        Verdict.Both, "PROPERTY_REMOVED_FROM_OPEN_CONTENT_MODEL")]
    [InlineData(
        """{"type":"object"}""", """{"type":"object","properties":{"a":{}}}""",
        Verdict.Both, "PROPERTY_WITH_EMPTY_SCHEMA_ADDED_TO_OPEN_CONTENT_MODEL")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"properties":{"b":{"type":"string"}}}""", Verdict.Both)]
    [InlineData(
        """{"properties":{"a":{"type":"string"}}}""", """{"properties":{"a":{"type":"string"},"b":{"type":"integer"}},"required":["b"]}""",
        Verdict.Forward, "REQUIRED_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL")]
    [InlineData(
        """{"properties":{"a":{"type":"string"},"b":{"type":"integer"}},"required":["b"]}""", """{"properties":{"a":{"type":"string"}}}""",
        Verdict.Backward, "REQUIRED_ATTRIBUTE_REMOVED")]
    [InlineData(
        """{"type":"object","additionalProperties":true}""",
        """{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":true}""",
        Verdict.Both)]
    [InlineData(
        """{"properties":{"o":{"properties":{"a":{"type":"string"}}}}}""",
        """{"properties":{"o":{"properties":{"a":{"type":"string"},"b":{}}}}}""",
        Verdict.Both)]
    [InlineData("""{"type":"object"}""", """{"type":"object","properties":{"a":false}}""", Verdict.Forward)]
    [InlineData(
        """{"type":"object","required":["a"]}""", """{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}}""",
        Verdict.Forward)]
    public void An_open_object_may_get_and_lose_an_optional_property(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);

    [Theory]
    [InlineData("""{"type":"object"}""", """{"type":"object","required":["a"]}""", Verdict.Forward, "REQUIRED_ATTRIBUTE_ADDED")]
    [InlineData("""{"type":"object","required":["a"]}""", """{"type":"object"}""", Verdict.Backward, "REQUIRED_ATTRIBUTE_REMOVED")]
    [InlineData("""{"required":["a","b"]}""", """{"required":["b","a"]}""", Verdict.Both)]
    [InlineData("""{"required":["a"]}""", """{"required":["b"]}""", Verdict.Neither)]
    [InlineData("""{"type":"object"}""", """{"type":"object","required":[]}""", Verdict.Both)]
    [InlineData(
        """{"properties":{"a":{"type":"string"}}}""", """{"properties":{"a":{"type":"string"}},"required":["a"]}""",
        Verdict.Forward, "REQUIRED_ATTRIBUTE_ADDED")]
    [InlineData(
        """{"properties":{"a":{"default":"x"}}}""", """{"properties":{"a":{"default":"x"}},"required":["a"]}""",
        Verdict.Forward, "REQUIRED_ATTRIBUTE_ADDED")]
    [InlineData("""{"type":"object","required":["a"],"properties":{"a":false}}""", """false""", Verdict.Both)]
    [InlineData("""{"type":"string"}""", """{"type":"string","required":["a"]}""", Verdict.Both)]
    public void Required_is_a_set_of_names(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);

    [Theory]
    [InlineData(
        """{"properties":{"a":{}},"additionalProperties":false}""", """{"properties":{"a":{},"b":{}},"additionalProperties":false}""",
        Verdict.Backward, "OPTIONAL_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL")]
    [InlineData(
        """{"properties":{"a":{},"b":{}},"additionalProperties":false}""", """{"properties":{"a":{}},"additionalProperties":false}""",
        Verdict.Forward, "PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL")]
    [InlineData(
        """{"properties":{"a":{}},"additionalProperties":false}""",
        """{"properties":{"a":{},"b":{}},"required":["b"],"additionalProperties":false}""",
        Verdict.Neither, "REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL")]
    [InlineData(
        """{"properties":{"a":{}}}""", """{"properties":{"a":{}},"additionalProperties":false}""",
        Verdict.Forward, "ADDITIONAL_PROPERTIES_REMOVED")]
    [InlineData(
        """{"properties":{"a":{}},"additionalProperties":false}""", """{"properties":{"a":{}}}""",
        Verdict.Backward, "ADDITIONAL_PROPERTIES_ADDED")]
    [InlineData(
        """{"properties":{"a":{},"b":false},"additionalProperties":false}""", """{"properties":{"a":{}},"additionalProperties":false}""",
        Verdict.Both, "PROPERTY_WITH_FALSE_REMOVED_FROM_CLOSED_CONTENT_MODEL")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"properties":{"a":{},"b":{}}}""", Verdict.Backward)]
    [InlineData("""{"additionalProperties":false,"type":"object"}""", """{"type":"object","maxProperties":0}""", Verdict.Both)]
    [InlineData(
        """{"type":"object","properties":{"a":{},"b":{}},"additionalProperties":false}""", """{"type":"object","maxProperties":2}""",
        Verdict.Backward)]
    public void A_closed_object_refuses_what_it_does_not_name(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);

    [Theory]
    [InlineData(
        """{"additionalProperties":{"type":"integer"}}""",
        """{"properties":{"a":{"type":"number"}},"additionalProperties":{"type":"integer"}}""",
        Verdict.Backward, "PROPERTY_ADDED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL")]
    [InlineData(
        """{"additionalProperties":{"type":"integer"}}""",
        """{"properties":{"a":{"type":"integer"}},"additionalProperties":{"type":"integer"}}""",
        Verdict.Both)]
    [InlineData(
        """{"additionalProperties":{"type":"integer"}}""",
        """{"properties":{"a":{"type":"string"}},"additionalProperties":{"type":"integer"}}""",
        Verdict.Neither, "PROPERTY_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL")]
    [InlineData(
        """{"properties":{"a":{"type":"string"}},"additionalProperties":{"type":"integer"}}""",
        """{"additionalProperties":{"type":"integer"}}""",
        Verdict.Neither, "PROPERTY_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL")]
    [InlineData(
        """{"properties":{"a":{"type":"integer"}},"additionalProperties":{"type":"number"}}""",
        """{"additionalProperties":{"type":"number"}}""",
        Verdict.Backward, "PROPERTY_REMOVED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL")]
    [InlineData(
        """{"type":"object"}""", """{"type":"object","additionalProperties":{"type":"string"}}""",
        Verdict.Forward, "ADDITIONAL_PROPERTIES_NARROWED")]
    [InlineData(
        """{"type":"object","additionalProperties":{"type":"string"}}""", """{"type":"object"}""",
        Verdict.Backward, "ADDITIONAL_PROPERTIES_EXTENDED")]
    [InlineData(
        """{"additionalProperties":{"type":"integer"}}""", """{"additionalProperties":{"type":"number"}}""",
        Verdict.Backward, "TYPE_EXTENDED")]
    [InlineData(
        """{"additionalProperties":{"type":"integer"}}""", """{"additionalProperties":false}""",
        Verdict.Forward, "ADDITIONAL_PROPERTIES_REMOVED")]
    [InlineData("""{"type":"object","additionalProperties":true}""", """{"type":"object"}""", Verdict.Both)]
    public void A_partially_open_object_covers_a_property_or_not(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);

    [Theory]
    [InlineData(
        """{"patternProperties":{"^x":{"type":"integer"}}}""", """{"patternProperties":{"^x":{"type":"number"}}}""",
        Verdict.Backward, "TYPE_EXTENDED")]
    [InlineData(
        """{"type":"object"}""", """{"type":"object","patternProperties":{"^x":{"type":"integer"}}}""",
        Verdict.Forward, "PATTERN_PROPERTY_ADDED")]
    [InlineData(
        """{"type":"object","patternProperties":{"^x":{"type":"integer"}}}""", """{"type":"object"}""",
        Verdict.Backward, "PATTERN_PROPERTY_REMOVED")]
    [InlineData(
        """{"patternProperties":{"^x":{"type":"integer"}}}""",
        """{"patternProperties":{"^x":{"type":"integer"}},"properties":{"x1":{"type":"integer"}}}""",
        Verdict.Both)]
    [InlineData(
        """{"patternProperties":{"^x":{"type":"integer"}}}""",
        """{"patternProperties":{"^x":{"type":"integer"}},"properties":{"x1":{"type":"string"}}}""",
        Verdict.Forward)]
    [InlineData(
        """{"patternProperties":{"^x":{}},"additionalProperties":false}""",
        """{"patternProperties":{"^x":{},"^y":{}},"additionalProperties":false}""",
        Verdict.Backward)]
    [InlineData(
        """{"additionalProperties":{"type":"integer"}}""",
        """{"patternProperties":{"^x":{"type":"number"}},"additionalProperties":{"type":"integer"}}""",
        Verdict.Backward)]
    [InlineData(
        """{"properties":{"x1":{"type":"integer"}},"additionalProperties":false}""",
        """{"patternProperties":{"^x":{"type":"integer"}},"additionalProperties":false}""",
        Verdict.Backward)]
    [InlineData(
        """{"properties":{"y1":{}},"additionalProperties":false}""", """{"patternProperties":{"^x":{}},"additionalProperties":false}""",
        Verdict.Neither)]
    public void Patterns_name_classes_of_properties(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);

    [Theory]
    [InlineData("""{"minProperties":2}""", """{"minProperties":1}""", Verdict.Backward, "MIN_PROPERTIES_DECREASED")]
    [InlineData("""{"type":"object"}""", """{"type":"object","minProperties":1}""", Verdict.Forward, "MIN_PROPERTIES_ADDED")]
    [InlineData("""{"maxProperties":1}""", """{"maxProperties":2}""", Verdict.Backward, "MAX_PROPERTIES_INCREASED")]
    [InlineData("""{"maxProperties":2}""", """{"maxProperties":1}""", Verdict.Forward, "MAX_PROPERTIES_DECREASED")]
    [InlineData("""{"type":"object","maxProperties":2}""", """{"type":"object"}""", Verdict.Backward, "MAX_PROPERTIES_REMOVED")]
    [InlineData("""{"type":"object","required":["a","b"]}""", """{"type":"object","required":["a","b"],"minProperties":2}""", Verdict.Both)]
    [InlineData("""{"type":"object"}""", """{"type":"object","propertyNames":{"maxLength":3}}""", Verdict.Forward, "PROPERTY_NAMES_ADDED")]
    [InlineData(
        """{"type":"object","propertyNames":{"maxLength":3}}""", """{"type":"object"}""",
        Verdict.Backward, "PROPERTY_NAMES_REMOVED")]
    [InlineData(
        """{"propertyNames":{"maxLength":3}}""", """{"propertyNames":{"maxLength":4}}""",
        Verdict.Backward, "PROPERTY_NAMES_CHANGED")]
    [InlineData(
        """{"type":"object","propertyNames":{"enum":["a","b"]}}""",
        """{"type":"object","properties":{"a":{},"b":{}},"additionalProperties":false}""",
        Verdict.Both)]
    [InlineData(
        """{"properties":{"a":{}},"additionalProperties":false}""",
        """{"properties":{"a":{}},"additionalProperties":false,"propertyNames":{"maxLength":1}}""",
        Verdict.Both)]
    public void Names_and_numbers_of_properties_are_limited(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);
}
