using System.ComponentModel.DataAnnotations;

namespace Checkout.Api.Payments;

/// <summary>Section <c>Payments</c>: the payment provider, and how refunds are sent to it.</summary>
internal sealed class PaymentOptions
{
    public const string Section = "Payments";

    /// <summary>
    /// The provider's URL, such as <c>https://provider.example/v1</c>; refunds are posted to <c>refunds</c> below it. Required, except in
    /// Development, which has a stand-in.
    /// </summary>
    public Uri? Provider { get; set; }

    /// <summary>Timeout of a call to the provider; 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an instance holds the refunds that it has taken; after that, another may send them. 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Interval of polling for due refunds; 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Pause before the second attempt; it doubles with each further attempt. 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan RetryFirst { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause between attempts while the provider doesn't answer; 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan RetryAtMost { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Pause after the provider has refused a refund; 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan RetryRefused { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Age of a waiting refund from which the service is degraded; 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan DegradedAfter { get; set; } = TimeSpan.FromMinutes(1);
}
