using System.ComponentModel.DataAnnotations;

namespace Inventory.Worker.Reservations;

/// <summary>Section <c>Reservations</c>.</summary>
internal sealed class ReservationOptions
{
    public const string Section = "Reservations";

    /// <summary>How long stock is held by HTTP before the order is placed; 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan HoldFor { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Interval of releasing expired holds; 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(30);
}
