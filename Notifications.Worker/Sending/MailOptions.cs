using System.ComponentModel.DataAnnotations;

namespace Notifications.Worker.Sending;

/// <summary>Section <c>Mail</c>.</summary>
internal sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>Sender of every message; its domain is also used in every <c>Message-ID</c>.</summary>
    [Required]
    public string From { get; set; } = "EventDriven <shop@eventdriven.example>";

    /// <summary>Folder for messages as files, used without a connection string <c>smtp</c>.</summary>
    [Required]
    public string Directory { get; set; } = ".local/mail";

    /// <summary>Pause after a wake-up, so that further messages are taken and sent together; 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Gather { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Timeout of connecting to the mail server and sending one message together; 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a sender holds the messages that it has taken; after that, another may send them. 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Interval of polling for due messages; 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Pause before the second attempt; it doubles with each further attempt. 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan RetryFirst { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause between attempts; 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan RetryAtMost { get; set; } = TimeSpan.FromMinutes(5);
}
