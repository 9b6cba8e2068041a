namespace EventDriven.ControlRoom.Changes;

/// <summary>Registers what changes need.</summary>
internal static class ChangeSetup
{
    public static void AddChanges(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OperatorChanges>();
        builder.Services.AddSingleton<AuditedChanges>();
    }
}
