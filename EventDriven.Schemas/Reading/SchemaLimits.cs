namespace EventDriven.Schemas.Reading;

/// <summary>What a document may measure. The limits are far above what an event needs, and keep a reading short.</summary>
internal static class SchemaLimits
{
    /// <summary>The longest document, in bytes.</summary>
    public const int Bytes = 4 * 1024 * 1024;

    /// <summary>The deepest nesting of JSON objects and arrays.</summary>
    public const int JsonDepth = 512;

    /// <summary>The deepest nesting of schemas, where a <c>$ref</c> nests too.</summary>
    public const int SchemaDepth = 256;
}
