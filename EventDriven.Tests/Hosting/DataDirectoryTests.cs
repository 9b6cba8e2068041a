using EventDriven.Hosting;
using EventDriven.Hosting.Data;

namespace EventDriven.Tests.Hosting;

[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class DataDirectoryTests : IDisposable
{
    private const UnixFileMode Everybodys = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventdriven-tests-");

    [Fact]
    public void A_folder_that_was_there_keeps_its_mode()
    {
        File.SetUnixFileMode(_folder.FullName, Everybodys);

        using var data = DataDirectory.Open(_folder.FullName);

        Assert.Equal(Everybodys, File.GetUnixFileMode(_folder.FullName));
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("pid")]
    public void Nobody_else_can_open_or_lock(string file)
    {
        using var data = DataDirectory.Open(_folder.FullName);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.FullName, file)));
    }

    [Fact]
    public void A_secret_is_made_once_and_stands_as_it_is_in_a_file_for_its_owner_only()
    {
        using var data = DataDirectory.Open(_folder.FullName);
        var file = Path.Combine(_folder.FullName, "secrets.json");

        Assert.Equal("a+b/c=", data.Secret("one", () => "a+b/c="));
        Assert.Equal("a+b/c=", data.Secret("one", () => "another"));

        Assert.Equal("""{"one":"a+b/c="}""", File.ReadAllText(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void What_a_killed_run_said_of_its_addresses_is_forgotten()
    {
        var state = Path.Combine(_folder.FullName, "state.json");
        File.WriteAllText(state, "{}");

        using var data = DataDirectory.Open(_folder.FullName);

        Assert.False(File.Exists(state));
    }

    [Fact]
    public void A_second_run_is_refused_and_the_folder_is_free_when_the_first_has_ended()
    {
        using (DataDirectory.Open(_folder.FullName))
        {
            var refusal = Assert.Throws<HostingException>(() => DataDirectory.Open(_folder.FullName));
            Assert.Contains($"process {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
        }

        DataDirectory.Open(_folder.FullName).Dispose();
    }

    [Fact]
    public void A_temporary_one_goes_with_what_had_to_be_made_outside_of_it()
    {
        string path;
        using (var data = DataDirectory.Temporary())
        {
            path = data.Path;
            data.Folder("redis");
            data.Includes(_folder.FullName);
        }

        Assert.False(Directory.Exists(path));
        Assert.False(Directory.Exists(_folder.FullName));
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder.FullName))
        {
            _folder.Delete(recursive: true);
        }
    }
}
