namespace EventDriven.ControlRoom.Layout;

/// <summary>Registers what all pages share.</summary>
internal static class LayoutSetup
{
    // The first writer that wants to writes, and the one of every service always wants to.
    public static void AddProblemPages(this WebApplicationBuilder builder) =>
        builder.Services.Insert(0, ServiceDescriptor.Singleton<IProblemDetailsWriter, ProblemPages>());
}
