namespace EventDriven.Tests.Schemas;

/// <summary>Differences of what depends on a property, and of <c>unevaluatedProperties</c>.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class DependencyCases
{
    [Theory]
    [InlineData(
        """{"type":"object"}""", """{"type":"object","dependentRequired":{"a":["b"]}}""",
        Verdict.Forward, "DEPENDENCY_ARRAY_ADDED")]
    [InlineData(
        """{"type":"object","dependentRequired":{"a":["b"]}}""", """{"type":"object"}""",
        Verdict.Backward, "DEPENDENCY_ARRAY_REMOVED")]
    [InlineData(
        """{"dependentRequired":{"a":["b"]}}""", """{"dependentRequired":{"a":["b","c"]}}""",
        Verdict.Forward, "DEPENDENCY_ARRAY_EXTENDED")]
    [InlineData(
        """{"dependentRequired":{"a":["b","c"]}}""", """{"dependentRequired":{"a":["c"]}}""",
        Verdict.Backward, "DEPENDENCY_ARRAY_NARROWED")]
    [InlineData(
        """{"dependentRequired":{"a":["b"]}}""", """{"dependentRequired":{"a":["c"]}}""",
        Verdict.Neither, "DEPENDENCY_ARRAY_CHANGED")]
    [InlineData("""{"dependencies":{"a":["b"]}}""", """{"dependentRequired":{"a":["b"]}}""", Verdict.Both)]
    [InlineData("""{"required":["b"]}""", """{"required":["b"],"dependentRequired":{"a":["b"]}}""", Verdict.Both)]
    [InlineData(
        """{"type":"object","required":["a"],"dependentRequired":{"a":["b"]}}""", """{"type":"object","required":["a","b"]}""",
        Verdict.Both)]
    [InlineData("""{"type":"object","dependentRequired":{"a":[]}}""", """{"type":"object"}""", Verdict.Both)]
    [InlineData("""{"dependentRequired":{"a":["b"],"b":["c"]}}""", """{"dependentRequired":{"a":["c"]}}""", Verdict.Backward)]
    public void Names_depend_on_a_property(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);

    [Theory]
    [InlineData(
        """{"type":"object"}""", """{"type":"object","dependentSchemas":{"a":{"required":["b"]}}}""",
        Verdict.Forward, "DEPENDENCY_SCHEMA_ADDED")]
    [InlineData(
        """{"type":"object","dependentSchemas":{"a":{"required":["b"]}}}""", """{"type":"object"}""",
        Verdict.Backward, "DEPENDENCY_SCHEMA_REMOVED")]
    [InlineData(
        """{"dependentSchemas":{"a":{"required":["b","c"]}}}""", """{"dependentSchemas":{"a":{"required":["b"]}}}""",
        Verdict.Backward, "DEPENDENCY_SCHEMA_CHANGED")]
    [InlineData("""{"dependentSchemas":{"a":{"required":["b"]}}}""", """{"dependentRequired":{"a":["b"]}}""", Verdict.Both)]
    [InlineData("""{"dependencies":{"a":{"required":["b"]}}}""", """{"dependentSchemas":{"a":{"required":["b"]}}}""", Verdict.Both)]
    [InlineData(
        """{"type":"object","required":["a"],"dependentSchemas":{"a":{"minProperties":3}}}""",
        """{"type":"object","required":["a"],"minProperties":3}""",
        Verdict.Both)]
    [InlineData(
        """{"type":"object"}""", """{"type":"object","dependentSchemas":{"a":{"properties":{"b":{"type":"string"}}}}}""",
        Verdict.Forward)]
    public void Schemas_depend_on_a_property(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);

    [Theory]
    [InlineData(
        """{"type":"object"}""", """{"type":"object","unevaluatedProperties":false}""",
        Verdict.Forward, "UNEVALUATED_PROPERTIES_REMOVED")]
    [InlineData(
        """{"type":"object","unevaluatedProperties":false}""", """{"type":"object"}""",
        Verdict.Backward, "UNEVALUATED_PROPERTIES_ADDED")]
    [InlineData(
        """{"properties":{"a":{}},"unevaluatedProperties":false}""", """{"properties":{"a":{}},"additionalProperties":false}""",
        Verdict.Both)]
    [InlineData(
        """{"allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false}""", """{"properties":{"a":{}},"additionalProperties":false}""",
        Verdict.Both)]
    [InlineData(
        """{"properties":{"a":{}},"unevaluatedProperties":false}""", """{"properties":{"a":{},"b":{}},"unevaluatedProperties":false}""",
        Verdict.Backward, "OPTIONAL_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL")]
    [InlineData(
        """{"properties":{"a":{}},"unevaluatedProperties":{"type":"integer"}}""",
        """{"properties":{"a":{}},"unevaluatedProperties":{"type":"number"}}""",
        Verdict.Backward, "UNEVALUATED_PROPERTIES_EXTENDED")]
    [InlineData("""{"allOf":[{"additionalProperties":true}],"unevaluatedProperties":false}""", """{}""", Verdict.Both)]
    [InlineData(
        """{"anyOf":[{"properties":{"a":{}},"required":["a"]},"""
        + """{"properties":{"b":{}},"required":["b"]}],"unevaluatedProperties":false}""",
        """{"anyOf":[{"properties":{"a":{}},"required":["a"]},{"properties":{"b":{}},"required":["b"]}]}""",
        Verdict.Backward)]
    [InlineData(
        """{"allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false}""",
        """{"allOf":[{"properties":{"a":{},"b":{}}}],"unevaluatedProperties":false}""",
        Verdict.Backward)]
    public void Unevaluated_properties_are_what_no_branch_evaluates(string old, string updated, Verdict expected, string? rule = null) =>
        SchemaVerdict.Check(old, updated, expected, rule);
}
