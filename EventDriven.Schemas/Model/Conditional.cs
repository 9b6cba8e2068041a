namespace EventDriven.Schemas.Model;

/// <summary>The keywords <c>if</c>, <c>then</c> and <c>else</c>.</summary>
internal sealed record Conditional(Schema If, Schema Then, Schema Else);
