using System.ComponentModel.DataAnnotations;

namespace EventDriven.ControlRoom.Servers;

/// <summary>What must be there, checked at start.</summary>
internal sealed class ServerOptions
{
    [Required(ErrorMessage = "Kafka is missing: set ConnectionStrings__kafka as the services have it.")]
    public string? Kafka { get; set; }

    /// <summary>How many databases of services are given.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "The services' databases are missing: set ConnectionStrings__inventorydb and so on, as the "
        + "services have them.")]
    public int Databases { get; set; }
}
