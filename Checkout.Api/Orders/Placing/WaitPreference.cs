using System.Globalization;

namespace Checkout.Api.Orders.Placing;

/// <summary>The preference <c>wait</c> of RFC 7240: how long the caller would rather wait for an answer that settles it.</summary>
internal static class WaitPreference
{
    /// <summary>Longest wait, in seconds; who asks for more gets this.</summary>
    public const int MaxSeconds = 30;

    /// <summary>
    /// Seconds to wait, 1 to 30; null when there is no such preference, or none that is understood: RFC 7240 has those ignored.
    /// </summary>
    /// <param name="prefer">Value of the <c>Prefer</c> header, several of them joined with commas.</param>
    public static int? Parse(string? prefer)
    {
        foreach (var preference in (prefer ?? "").Split(','))
        {
            // Parameters after a semicolon belong to the preference; "wait" has none.
            var parts = preference.Split(';')[0].Split('=', 2);
            if (parts[0].Trim().Equals("wait", StringComparison.OrdinalIgnoreCase))
            {
                // The first one counts, even when it is not understood (RFC 7240, section 2).
                return parts.Length == 2 ? Seconds(parts[1].Trim()) : null;
            }
        }

        return null;
    }

    private static int? Seconds(string value)
    {
        var digits = value is ['"', .., '"'] ? value[1..^1] : value;
        if (digits.Length == 0 || digits.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds == 0 ? null : Math.Min(seconds, MaxSeconds)
            : MaxSeconds;
    }
}
