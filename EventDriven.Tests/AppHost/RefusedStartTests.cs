using EventDriven.Tests.Hosting;

namespace EventDriven.Tests.AppHost;

/// <summary>An application that can't run as it was asked to says why, and ends.</summary>
public sealed class RefusedStartTests
{
    private static readonly string[] Ephemeral = ["--servers", "processes", "--ephemeral", "--no-dashboard"];

    [Fact]
    public async Task A_service_that_dies_again_and_again_is_named_with_its_reason()
    {
        var (exitCode, output) = await AppHostProgram.RunAsync(Ephemeral, ("Payments__Provider", "nonsense"));

        Assert.Equal(1, exitCode);
        Assert.Contains("error: 'checkout' can't be started", output, StringComparison.Ordinal);
        Assert.Contains("Payments:Provider is no absolute http or https URL", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_of_another_password_is_named_at_once()
    {
        await using var former = new RunningFolder();
        await former.InitializeAsync();
        await former.StopAsync();
        File.Delete(Path.Combine(former.Folder.FullName, "secrets.json"));

        var (exitCode, output) = await AppHostProgram.RunAsync(
            ["--servers", "processes", "--no-dashboard", "--data", former.Folder.FullName]);

        Assert.Equal(1, exitCode);
        Assert.Contains($"PostgreSQL in {former.Folder.FullName}/postgres has another password", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistyped_option_is_refused()
    {
        var (exitCode, output) = await AppHostProgram.RunAsync(["--ephemerel", "--demo"]);

        Assert.Equal(2, exitCode);
        Assert.Contains("There is no option --ephemerel", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task A_number_of_instances_that_is_none_is_refused(string replicas)
    {
        var temporary = Directory.CreateTempSubdirectory("eventdriven-tests-");

        var (exitCode, output) = await AppHostProgram.RunAsync([.. Ephemeral, $"Replicas={replicas}"], ("TMPDIR", temporary.FullName));

        Assert.Equal(1, exitCode);
        Assert.Empty(temporary.EnumerateDirectories("eventdriven-*"));
        temporary.Delete(recursive: true);
        Assert.Contains(
            $"error: Replicas is the number of instances of each service, 1 to 100, not '{replicas}'.", output, StringComparison.Ordinal);
    }
}
