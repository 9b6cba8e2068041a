using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventDriven.Messaging.Storage.Schema;

/// <summary>
/// The schema <c>messaging</c> in a service's own database, in which the library keeps its tables. A service installs and upgrades it when
/// it starts; where it may not, an administrator runs <see cref="Script"/>.
/// </summary>
public static class MessagingSchema
{
    /// <summary>Name of the schema.</summary>
    public const string Name = "messaging";

    /// <summary>The version that this library needs: the number of its last step.</summary>
    public static int Version => SchemaStep.All[^1].Number;

    /// <summary>
    /// SQL that installs the schema, or upgrades it, for an administrator to run with <c>psql</c> or another client. It may be run again:
    /// what is installed already is left alone. Afterwards the service needs no right to create anything.
    /// </summary>
    /// <param name="role">
    /// The role of the service, which is given the rights that it needs; null when the service runs the script itself.
    /// </param>
    public static string Script(string? role = null)
    {
        var script = new StringBuilder("BEGIN;\n").Append(SchemaSql.Lock).Append('\n').Append(SchemaSql.CreateSchema).Append('\n');
        foreach (var step in SchemaStep.All)
        {
            script.Append(SchemaSql.Apply(step)).Append('\n');
        }

        return (role is null ? script : script.Append(SchemaSql.Grant(role)).Append('\n')).Append("COMMIT;\n").ToString();
    }

    /// <summary>
    /// Installs or upgrades the schema now, as a service does when it starts: for a job that prepares databases
    /// before services are deployed, and for tests.
    /// </summary>
    /// <param name="context">Of the database.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">It can't be installed: the message says what an administrator has to run.</exception>
    public static async Task InstallAsync(DbContext context, CancellationToken cancellationToken = default)
    {
        await using var open = await OpenConnection.OfAsync(context, cancellationToken);
        if (await new SchemaInstaller(TimeProvider.System, NullLogger.Instance)
            .InstallAsync(open.Npgsql, publishes: false, cancellationToken) is { } refusal)
        {
            throw new InvalidOperationException(refusal);
        }
    }
}
