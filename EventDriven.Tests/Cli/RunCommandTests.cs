using System.Diagnostics;
using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.Audit.Trail;
using EventDriven.Cli.Programs;
using EventDriven.Cli.Roles;
using EventDriven.Cli.Running;
using EventDriven.Messaging.Operations.Programs;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Tests.Cli;

/// <summary>A consumer that can't join a running application is refused before anything is built.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class RunCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventdriven-tests-");

    private string StateFile => Path.Combine(_folder.FullName, "state.json");

    [Fact]
    public async Task Without_a_running_application_or_a_project_there_is_nothing_to_run()
    {
        Assert.Equal(ExitCode.Usage, await RunAsync(Project("Fraud.Worker")));
        await WriteStateAsync([]);
        Assert.Equal(ExitCode.Usage, await RunAsync(Path.Combine(_folder.FullName, "Missing.Worker")));
    }

    [Fact]
    public async Task A_part_of_the_application_is_not_run_again()
    {
        await WriteStateAsync(new(StringComparer.Ordinal) { ["services__fraud-check__http__0"] = "http://localhost:5301" });

        Assert.Equal(ExitCode.Usage, await RunAsync(Project("FraudCheck.Worker")));
    }

    [Theory]
    [InlineData("Fraud.Worker", "frauddb")]
    [InlineData("Shop.Fraud-Check.Worker", "shopfraudcheckdb")]
    public void Its_database_is_called_as_the_AppHost_calls_it(string name, string database) =>
        Assert.Equal(database, ConsumerProject.Find(Project(name)).Database);

    [Fact]
    public void It_gets_what_the_AppHost_would_give_it()
    {
        var state = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["frauddb"] = "Host=localhost;Database=frauddb",
            ["Messaging__Cluster"] = "emulator",
            ["auditdb"] = "Host=localhost;Database=auditdb",
        };

        var given = ServiceEnvironment.ToRun(state, port: 5301);

        Assert.Equal("Host=localhost;Database=frauddb", given["ConnectionStrings__frauddb"]);
        Assert.Equal("emulator", given["Messaging__Cluster"]);
        Assert.DoesNotContain(given, variable => variable.Key.EndsWith("auditdb", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("http://127.0.0.1:5301", given["ASPNETCORE_URLS"]);
    }

    [Theory]
    [InlineData("Audit.Worker")]
    [InlineData("Au-dit.Worker")]
    public void Its_database_is_not_that_of_the_audit_trail(string name)
    {
        var refused = Assert.Throws<OperationFailedException>(() => ConsumerProject.Find(Project(name)));

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains("auditdb", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Operator.Worker")]
    [InlineData("Audit_Writer.Worker")]
    [InlineData("Audit-Owner.Worker")]
    public void Its_role_is_not_one_of_the_audit_trail(string name) => Assert.DoesNotContain(
        DatabaseRole.NameFor(ConsumerProject.Find(Project(name)).Database), (string[])[AuditDatabase.Role, AuditDatabase.Owner]);

    [Theory]
    [InlineData("ConnectionStrings__auditdb")]
    [InlineData("CONNECTIONSTRINGS__AuditDb")]
    [InlineData("DOTNET_ConnectionStrings__auditdb")]
    public void What_it_starts_does_not_get_the_audit_trail(string variable)
    {
        Environment.SetEnvironmentVariable(variable, "Host=localhost;Database=auditdb");
        try
        {
            var start = new ProcessStartInfo("dotnet");

            ProgramEnvironment.Give(start, new Dictionary<string, string>(StringComparer.Ordinal) { ["ConnectionStrings__frauddb"] = "x" });

            Assert.Equal("x", start.Environment["ConnectionStrings__frauddb"]);
            Assert.Equal(Environment.GetEnvironmentVariable("PATH"), start.Environment["PATH"]);
            Assert.DoesNotContain(start.Environment.Keys, name => name.EndsWith("auditdb", StringComparison.OrdinalIgnoreCase));
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, value: null);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Project(string name)
    {
        var project = _folder.CreateSubdirectory(name);
        File.WriteAllText(Path.Combine(project.FullName, $"{name}.csproj"), "<Project />");
        return project.FullName;
    }

    private Task WriteStateAsync(Dictionary<string, string> more) => File.WriteAllTextAsync(
        StateFile,
        JsonSerializer.Serialize(new Dictionary<string, string>(more, StringComparer.Ordinal) { ["postgres"] = "Host=localhost" }),
        TestContext.Current.CancellationToken);

    private Task<int> RunAsync(string project) => CommandLine.RunAsync(
        OperatorCommands.Create(Asked.Nobody), ["run", project, "--state", StateFile], TestContext.Current.CancellationToken);
}
