namespace EventDriven.ControlRoom.Live;

/// <summary>Registers what streams need.</summary>
internal static class LiveSetup
{
    public static void AddLive(this WebApplicationBuilder builder) => builder.Services.AddSingleton<FragmentRenderer>();
}
