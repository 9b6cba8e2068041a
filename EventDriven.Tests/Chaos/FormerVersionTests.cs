using EventDriven.Chaos;
using EventDriven.Chaos.Running;

namespace EventDriven.Tests.Chaos;

/// <summary>The folder with the former version's programs.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class FormerVersionTests
{
    [Fact]
    public void A_folder_that_lacks_a_program_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("chaos-former-").FullName;
        try
        {
            var there = Directory.CreateDirectory(Path.Combine(folder, "Checkout.Api", "release")).FullName;
            File.WriteAllText(Path.Combine(there, "Checkout.Api.dll"), "");

            Assert.Equal(["Inventory.Worker"], FormerVersion.Missing(folder, ["Checkout.Api", "Inventory.Worker"]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_rolling_update_needs_the_former_version() =>
        Assert.Equal(2, await ChaosCommand.RunAsync(["--faults", "rolling-update", "--schedule-only"]));

    [Fact]
    public async Task A_folder_without_programs_is_a_usage_error() =>
        Assert.Equal(2, await ChaosCommand.RunAsync(["--former", Path.GetTempPath(), "--schedule-only"]));
}
