using Npgsql;

namespace EventDriven.Messaging.Storage.Schema;

/// <summary>Why a service can't use the schema of its database, with the SQL that has to be run.</summary>
internal static class SchemaRefusal
{
    private const string RunScript = "run the SQL that EventDriven.Messaging.Storage.Schema.MessagingSchema.Script() returns";

    /// <summary>Null when the service may go on: the schema is there, or may be installed.</summary>
    public static string? Of(SchemaState state, bool publishes)
    {
        var role = $"\"{state.Role}\"";
        if (state is { MayUse: false })
        {
            return $"The role {role} may not use the tables of the schema 'messaging' in the database '{state.Database}'. "
                + $"Let an administrator run:\n{SchemaSql.Grant(state.Role)}";
        }

        if (state.Version >= MessagingSchema.Version)
        {
            return publishes && !state.IsOrdered ? TriggerIsMissing(state) : null;
        }

        return state switch
        {
            { MayInstall: true } => null,
            { Exists: false } =>
                $"The role {role} may not create the schema 'messaging' in the database '{state.Database}'. Let an administrator run: "
                + $"CREATE SCHEMA messaging AUTHORIZATION {role}; or, if the service shall own no tables, {RunScript}.",
            _ =>
                $"The schema 'messaging' of the database '{state.Database}' has version {state.Version}, this service needs "
                + $"{MessagingSchema.Version}, and the role {role} may not upgrade it. Let an administrator run: "
                + $"GRANT CREATE ON SCHEMA messaging TO {role}; or, if the service shall own no tables, {RunScript}.",
        };
    }

    /// <summary>A step that PostgreSQL has refused.</summary>
    public static string Of(SchemaState state, PostgresException exception) =>
        $"The schema 'messaging' of the database '{state.Database}' can't be brought from version {state.Version} to "
        + $"{MessagingSchema.Version}: {exception.MessageText}. "
        + (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege
            ? $"The role \"{state.Role}\" lacks the right. Let an administrator "
                + $"{RunScript.Replace("()", $"(\"{state.Role}\")", StringComparison.Ordinal)}."
            : "Nothing was changed.");

    private static string TriggerIsMissing(SchemaState state) => state.Trigger is null
        ? "The table messaging.outbox has no trigger 'outbox_order': events would have no order. Create it: "
            + "CREATE TRIGGER outbox_order BEFORE INSERT ON messaging.outbox FOR EACH ROW EXECUTE FUNCTION messaging.outbox_order();"
        : "The trigger 'outbox_order' of the table messaging.outbox is disabled: events would have no order. Enable it: "
            + "ALTER TABLE messaging.outbox ENABLE TRIGGER outbox_order;";
}
