using System.Diagnostics;
using EventDriven.LocalHost.Processes;

namespace EventDriven.Tests.LocalHost;

public sealed class PidFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("eventdriven-tests-");

    [Fact]
    public async Task A_process_that_an_earlier_run_left_behind_is_stopped()
    {
        using var leftover = Process.Start("sleep", "300");
        PidFile.Write(PathOf("redis"), leftover.Id);

        Assert.Equal(["redis"], await PidFile.StopLeftoversAsync(folder.FullName, TestContext.Current.CancellationToken));

        await leftover.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Empty(folder.GetFiles());
    }

    [Fact]
    public async Task A_process_that_only_has_got_the_same_id_is_left_alone()
    {
        using var other = Process.Start("sleep", "300");
        try
        {
            PidFile.Write(PathOf("redis"), other.Id);
            var identity = (await File.ReadAllTextAsync(PathOf("redis"), TestContext.Current.CancellationToken)).Split(' ');
            await File.WriteAllTextAsync(PathOf("redis"), $"{identity[0]} {identity[1]}1 {identity[2]}", TestContext.Current.CancellationToken);

            Assert.Empty(await PidFile.StopLeftoversAsync(folder.FullName, TestContext.Current.CancellationToken));

            Assert.False(other.HasExited);
        }
        finally
        {
            other.Kill();
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string PathOf(string resource) => Path.Combine(folder.FullName, $"{resource}.pid");
}
