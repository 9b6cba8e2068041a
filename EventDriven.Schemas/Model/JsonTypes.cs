namespace EventDriven.Schemas.Model;

/// <summary>A set of JSON types. A number is either an integer or a fraction, so that <c>integer</c> is a part of <c>number</c>.</summary>
[Flags]
internal enum JsonTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Fraction = 8,
    String = 16,
    Array = 32,
    Object = 64,
    Number = Integer | Fraction,
    All = Null | Boolean | Number | String | Array | Object,
}
