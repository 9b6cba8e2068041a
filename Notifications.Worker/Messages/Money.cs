using System.Globalization;

namespace Notifications.Worker.Messages;

/// <summary>Formats amounts for customers.</summary>
internal static class Money
{
    /// <summary>Such as <c>5.40 EUR</c>.</summary>
    public static string Text(decimal amount, string currency) => string.Create(CultureInfo.InvariantCulture, $"{amount:0.00} {currency}");
}
