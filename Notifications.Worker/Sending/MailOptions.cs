using System.ComponentModel.DataAnnotations;

namespace Notifications.Worker.Sending;

/// <summary>Section <c>Mail</c>.</summary>
internal sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>Sender of every message; its domain is also that of every <c>Message-ID</c>.</summary>
    [Required]
    public string From { get; set; } = "EventDriven <shop@eventdriven.example>";

    /// <summary>Where messages are written as files when there is no connection string <c>smtp</c>.</summary>
    [Required]
    public string Directory { get; set; } = ".local/mail";

    /// <summary>After a wake-up, how long to wait for further messages before they are taken and sent together; 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Gather { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long connecting to the mail server and sending one message may take together; 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>For how long a sender takes messages; when it dies, another sends them after that. 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often due messages are looked for without a wake-up; 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Pause before the second attempt; it doubles with every further one. 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan RetryFirst { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause between attempts; 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan RetryAtMost { get; set; } = TimeSpan.FromMinutes(5);
}
