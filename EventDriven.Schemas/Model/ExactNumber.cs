using System.Numerics;

namespace EventDriven.Schemas.Model;

/// <summary>
/// A JSON number without loss: significant digits and a power of ten. It never writes the power out, so that 1e400000 costs no more than 1.
/// </summary>
internal sealed class ExactNumber
{
    /// <summary>The longest number that is read, in characters.</summary>
    public const int MaximumLength = 1000;

    private const int MaximumWrittenOut = 2 * MaximumLength;

    private ExactNumber(BigInteger digits, long exponent, int length)
    {
        Digits = digits;
        Exponent = exponent;
        Magnitude = exponent + length;
    }

    /// <summary>The significant digits with their sign; no zero at the end.</summary>
    private BigInteger Digits { get; }

    private long Exponent { get; }

    /// <summary>The power of ten just above the number.</summary>
    private long Magnitude { get; }

    public static ExactNumber One { get; } = Create(BigInteger.One, 0);

    public bool IsInteger => Exponent >= 0;

    public bool IsPositive => Digits.Sign > 0;

    public bool IsNegative => Digits.Sign < 0;

    /// <exception cref="FormatException">The number or its exponent is too long.</exception>
    public static ExactNumber Parse(string text)
    {
        if (text.Length > MaximumLength)
        {
            throw new FormatException($"The number has {text.Length} characters. At most {MaximumLength} are read.");
        }

        var mark = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = mark < 0 ? text : text[..mark];
        var exponent = 0;
        if (mark >= 0 && !int.TryParse(text.AsSpan(mark + 1), out exponent))
        {
            throw new FormatException($"The exponent of the number {text} is out of range.");
        }

        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        return point < 0
            ? Create(BigInteger.Parse(mantissa), exponent)
            : Create(BigInteger.Parse(mantissa.Remove(point, 1)), exponent - (long)(mantissa.Length - point - 1));
    }

    public static ExactNumber Create(BigInteger digits, long exponent)
    {
        if (digits.IsZero)
        {
            return new ExactNumber(BigInteger.Zero, 0, 0);
        }

        var text = BigInteger.Abs(digits).ToString();
        var zeros = text.Length - text.TrimEnd('0').Length;
        return new ExactNumber(digits / BigInteger.Pow(10, zeros), exponent + zeros, text.Length - zeros);
    }

    /// <summary>Is this number that one times an integer?</summary>
    public bool IsMultipleOf(ExactNumber divisor)
    {
        if (Digits.IsZero)
        {
            return true;
        }

        var power = Exponent - divisor.Exponent;
        if (power < 0)
        {
            // The digits end with no zero, so only a fraction can make up for the missing powers of ten.
            return -power <= MaximumWrittenOut && (Digits % (divisor.Digits * BigInteger.Pow(10, (int)-power))).IsZero;
        }

        return (Digits * BigInteger.ModPow(10, power, BigInteger.Abs(divisor.Digits)) % divisor.Digits).IsZero;
    }

    /// <summary>The least number that is a multiple of both; null when it is too long to be written out.</summary>
    public ExactNumber? LeastCommonMultiple(ExactNumber other)
    {
        var exponent = Math.Min(Exponent, other.Exponent);
        return WithExponent(exponent) is { } first && other.WithExponent(exponent) is { } second
            ? Create(first / BigInteger.GreatestCommonDivisor(first, second) * second, exponent)
            : null;
    }

    /// <summary>The least integer that is not below this number; null when it is too long to be written out.</summary>
    public BigInteger? Ceiling() => Floor() is { } floor ? floor + (IsInteger ? BigInteger.Zero : BigInteger.One) : null;

    /// <summary>The greatest integer that is not above this number; null when it is too long to be written out.</summary>
    public BigInteger? Floor()
    {
        if (IsInteger)
        {
            return WithExponent(0);
        }

        if (-Exponent > MaximumWrittenOut)
        {
            return Digits.Sign < 0 ? BigInteger.MinusOne : Magnitude <= 0 ? BigInteger.Zero : null;
        }

        var quotient = BigInteger.DivRem(Digits, BigInteger.Pow(10, (int)-Exponent), out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The number as a count; what is beyond the range of a count is its end.</summary>
    public long ToCount() => Magnitude > 18 ? long.MaxValue : (long)WithExponent(0)!.Value;

    /// <summary>Negative when this number is the lesser one, 0 when they are equal.</summary>
    public int OrderTo(ExactNumber other)
    {
        if (Digits.Sign != other.Digits.Sign || Digits.IsZero)
        {
            return Digits.Sign.CompareTo(other.Digits.Sign);
        }

        if (Magnitude != other.Magnitude)
        {
            return Digits.Sign * Magnitude.CompareTo(other.Magnitude);
        }

        // Of one magnitude, the exponents differ by no more than the digits are long.
        var exponent = Math.Min(Exponent, other.Exponent);
        return WithExponent(exponent)!.Value.CompareTo(other.WithExponent(exponent)!.Value);
    }

    public override string ToString() => Exponent == 0 ? $"{Digits}" : $"{Digits}e{Exponent}";

    private BigInteger? WithExponent(long exponent) => Digits.IsZero
        ? BigInteger.Zero
        : Exponent - exponent <= MaximumWrittenOut ? Digits * BigInteger.Pow(10, (int)(Exponent - exponent)) : null;
}
