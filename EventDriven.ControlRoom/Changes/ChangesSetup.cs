using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.ControlRoom.Changes;

/// <summary>Registers what changes are made and recorded with.</summary>
internal static class ChangesSetup
{
    public static void AddChanges(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IAuditTrail>(services => Trail(services.GetRequiredService<IConfiguration>()));
        builder.Services.AddSingleton<RecordedChanges>();
    }

    private static IAuditTrail Trail(IConfiguration configuration)
    {
        if (configuration.GetConnectionString(PostgresAuditTrail.ConnectionName) is not { Length: > 0 } given)
        {
            return new MissingAuditTrail();
        }

        try
        {
            return new PostgresAuditTrail(given);
        }
        catch (ArgumentException exception)
        {
            // Npgsql's message may contain the password.
            throw new OperationFailedException(
                $"The connection string of the audit trail is invalid. Set ConnectionStrings__{PostgresAuditTrail.ConnectionName}: "
                + "Host=…;Username=…;Password=…;Database=…",
                ExitCode.Usage,
                exception);
        }
    }
}
