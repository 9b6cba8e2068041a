namespace EventDriven.Schemas.Model;

/// <summary>The keywords <c>contains</c>, <c>minContains</c> and <c>maxContains</c>.</summary>
internal sealed record ContainsRule(Schema Schema, long Minimum, long? Maximum);
