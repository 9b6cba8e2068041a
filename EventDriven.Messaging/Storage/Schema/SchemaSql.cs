namespace EventDriven.Messaging.Storage.Schema;

/// <summary>The SQL around the steps of the schema, which an instance and an administrator run alike.</summary>
internal static class SchemaSql
{
    /// <summary>
    /// Lets one after the other install, until the end of the transaction. Any number will do that nothing else in the database locks with.
    /// </summary>
    public const string Lock = "SELECT pg_advisory_xact_lock(7887330721877089127);";

    /// <summary>
    /// Creates the schema and its record. Not <c>CREATE SCHEMA IF NOT EXISTS</c>, which needs the right to create it even where it exists.
    /// </summary>
    public const string CreateSchema =
        """
        SET LOCAL client_min_messages = warning;
        DO $$ BEGIN
            IF to_regnamespace('messaging') IS NULL THEN
                CREATE SCHEMA messaging;
            END IF;
        END $$;
        CREATE TABLE IF NOT EXISTS messaging.schema_versions (
            version integer NOT NULL CONSTRAINT pk_schema_versions PRIMARY KEY,
            installed_at timestamptz NOT NULL DEFAULT now(),
            library_version text NOT NULL);
        """;

    /// <summary>Applies a step, unless it, or a later one, was applied before.</summary>
    public static string Apply(SchemaStep step) =>
        $"""
        DO $installation$ BEGIN
            IF NOT EXISTS (SELECT FROM messaging.schema_versions WHERE version >= {step.Number}) THEN
                EXECUTE $step$
        {step.Sql}
        $step$;
                INSERT INTO messaging.schema_versions (version, library_version) VALUES ({step.Number}, '{SchemaStep.LibraryVersion}');
            END IF;
        END $installation$;
        """;

    /// <summary>Gives a role the rights that a service needs.</summary>
    public static string Grant(string role)
    {
        var name = $"\"{role.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        return $"""
            GRANT USAGE ON SCHEMA messaging TO {name};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA messaging TO {name};
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA messaging TO {name};
            """;
    }
}
