using System.ComponentModel.DataAnnotations;

namespace EventDriven.Messaging;

/// <summary>Whether groups tell what they did with each event: the section <c>Messaging:Receipts</c>.</summary>
public sealed class ReceiptOptions
{
    /// <summary>
    /// Whether the service's groups send receipts. They never delay handling; what can't be sent is dropped. Off.
    /// </summary>
    public bool Enabled { get; set; }

    /// <summary>Topic of the receipts. <c>receipts.v1</c>.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Topic { get; set; } = "receipts.v1";
}
