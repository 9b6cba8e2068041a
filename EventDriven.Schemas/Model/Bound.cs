namespace EventDriven.Schemas.Model;

/// <summary>An end of a range of numbers.</summary>
/// <param name="Value">The end.</param>
/// <param name="IsExclusive">The value itself is outside of the range.</param>
internal sealed record Bound(ExactNumber Value, bool IsExclusive)
{
    /// <summary>Does a range that begins here lie within one that begins there?</summary>
    public bool IsLowerWithin(Bound other) =>
        Value.OrderTo(other.Value) is var order && (order > 0 || (order == 0 && (IsExclusive || !other.IsExclusive)));

    /// <summary>Does a range that ends here lie within one that ends there?</summary>
    public bool IsUpperWithin(Bound other) =>
        Value.OrderTo(other.Value) is var order && (order < 0 || (order == 0 && (IsExclusive || !other.IsExclusive)));

    /// <summary>The later of two beginnings.</summary>
    public static Bound? Lower(Bound? first, Bound? second) =>
        first is null ? second : second is null || first.IsLowerWithin(second) ? first : second;

    /// <summary>The earlier of two ends.</summary>
    public static Bound? Upper(Bound? first, Bound? second) =>
        first is null ? second : second is null || first.IsUpperWithin(second) ? first : second;

    public override string ToString() => IsExclusive ? $"!{Value}" : $"{Value}";
}
