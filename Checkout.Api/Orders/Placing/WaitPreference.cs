using System.Globalization;

namespace Checkout.Api.Orders.Placing;

/// <summary>The preference <c>wait</c> of RFC 7240: how long the caller is willing to wait for the final state.</summary>
internal static class WaitPreference
{
    /// <summary>Longest wait, in seconds; a longer preference is cut to it.</summary>
    public const int MaxSeconds = 30;

    /// <summary>Seconds to wait, 1 to 30; null if the preference is missing or invalid. RFC 7240 says to ignore an invalid one.</summary>
    /// <param name="prefer">Value of the <c>Prefer</c> header, several of them joined with commas.</param>
    public static int? Parse(string? prefer)
    {
        foreach (var preference in (prefer ?? "").Split(','))
        {
            // A semicolon begins parameters of a preference; "wait" has none.
            var parts = preference.Split(';')[0].Split('=', 2);
            if (parts[0].Trim().Equals("wait", StringComparison.OrdinalIgnoreCase))
            {
                // The first one counts, even if it is invalid (RFC 7240, section 2).
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
