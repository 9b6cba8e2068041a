using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Cli.Json;

namespace EventDriven.Tests.Cli;

[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ContractsDiffTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("contracts");

    [Theory]
    [InlineData(ExitCode.Done, 5, 5)]
    [InlineData(ExitCode.Refused, 5, 10)]
    [InlineData(ExitCode.Done, 5, 10, "--mode", "backward")]
    [InlineData(ExitCode.Refused, 5, 10, "--mode", "forward")]
    [InlineData(ExitCode.Refused, 10, 5, "--mode", "backward")]
    [InlineData(ExitCode.Done, 10, 5, "--mode", "forward")]
    [InlineData(ExitCode.Usage, 5, 5, "--mode", "sideways")]
    public async Task The_mode_says_what_must_hold(int exitCode, int old, int updated, params string[] options) => Assert.Equal(
        exitCode, (await RunAsync([Write("old.json", MaxLength(old)), Write("new.json", MaxLength(updated)), .. options])).ExitCode);

    [Fact]
    public async Task The_last_file_is_compared_with_the_one_before_it_or_with_all()
    {
        string[] files = [Write("1.json", MaxLength(10)), Write("2.json", MaxLength(5)), Write("3.json", MaxLength(5))];

        Assert.Equal(ExitCode.Done, (await RunAsync(files)).ExitCode);
        Assert.Equal(ExitCode.Refused, (await RunAsync([.. files, "--transitive"])).ExitCode);
    }

    [Fact]
    public async Task A_person_reads_each_difference_and_the_verdict()
    {
        var (_, said) = await RunAsync([Write("old.json", MaxLength(10)), Write("new.json", MaxLength(5))]);

        Assert.Contains("MAX_LENGTH_DECREASED #/maxLength", said, StringComparison.Ordinal);
        Assert.EndsWith("Incompatible (full). Backward: no. Forward: yes.", said.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_reads_an_object()
    {
        var (_, said) = await RunAsync([Write("old.json", MaxLength(10)), Write("new.json", MaxLength(5)), "--json"]);
        DocumentedOutput.Check("contracts diff", said);
        using var json = JsonDocument.Parse(said);
        var root = json.RootElement;

        Assert.False(root.GetProperty("compatible").GetBoolean());
        Assert.False(root.GetProperty("backward").GetBoolean());
        Assert.True(root.GetProperty("forward").GetBoolean());
        var difference = Assert.Single(root.GetProperty("differences").EnumerateArray());
        Assert.Equal("MAX_LENGTH_DECREASED", difference.GetProperty("rule").GetString());
    }

    [Theory]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("""{"$ref":"#"}""")]
    public async Task What_is_not_a_schema_is_exit_code_2(string updated) =>
        Assert.Equal(ExitCode.Usage, (await RunAsync([Write("old.json", "{}"), Write("new.json", updated)])).ExitCode);

    [Fact]
    public async Task A_file_that_is_not_there_is_exit_code_2()
    {
        Assert.Equal(ExitCode.Usage, (await RunAsync([Write("old.json", "{}"), "/nowhere/new.json"])).ExitCode);
        Assert.Equal(ExitCode.Usage, (await RunAsync([Write("old.json", "{}"), _folder.FullName])).ExitCode);
    }

    [Fact]
    public async Task One_file_is_exit_code_2() => Assert.Equal(ExitCode.Usage, (await RunAsync([Write("old.json", "{}")])).ExitCode);

    public void Dispose() => _folder.Delete(recursive: true);

    private static string MaxLength(int length) => $$"""{"type":"string","maxLength":{{length}}}""";

    private string Write(string name, string json)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, json);
        return path;
    }

    private static Task<(int ExitCode, string Said)> RunAsync(string[] args) => Output.OfAsync(() => CommandLine.RunAsync(
        OperatorCommands.Create(Asked.Nobody), ["contracts", "diff", .. args], TestContext.Current.CancellationToken));
}
