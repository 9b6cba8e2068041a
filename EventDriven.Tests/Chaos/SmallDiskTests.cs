using EventDriven.Chaos.Running;

namespace EventDriven.Tests.Chaos;

/// <summary>The disk that the fault rig fills up.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class SmallDiskTests
{
    [Fact]
    public void It_is_full_until_it_is_cleared_and_leaves_no_mount()
    {
        Assert.SkipUnless(SmallDisk.IsPossible, "Only root can mount a disk.");
        var folder = Directory.CreateTempSubdirectory("chaos-disk-").FullName;
        try
        {
            using (var disk = SmallDisk.Mount(folder, megabytes: 16))
            {
                var free = new DriveInfo(folder).AvailableFreeSpace;
                disk.Fill();
                Assert.Equal(0, new DriveInfo(folder).AvailableFreeSpace);
                Assert.Throws<IOException>(() => File.WriteAllText(Path.Combine(folder, "more"), new string('x', 8192)));

                disk.Clear();
                File.Delete(Path.Combine(folder, "more"));
                Assert.Equal(free, new DriveInfo(folder).AvailableFreeSpace);
                Assert.Contains($" {folder} tmpfs ", File.ReadAllText("/proc/self/mounts"), StringComparison.Ordinal);
            }

            Assert.DoesNotContain(folder, File.ReadAllText("/proc/self/mounts"), StringComparison.Ordinal);
            Assert.False(Directory.Exists(folder));
        }
        finally
        {
            SmallDisk.Unmount(folder);
        }
    }

    [Fact]
    public void What_a_killed_run_has_left_mounted_goes_before_it_is_mounted_anew()
    {
        Assert.SkipUnless(SmallDisk.IsPossible, "Only root can mount a disk.");
        var folder = Directory.CreateTempSubdirectory("chaos-disk-").FullName;
        try
        {
            SmallDisk.Mount(folder, megabytes: 16);
            using (SmallDisk.Mount(folder, megabytes: 16))
            {
                Assert.Single(File.ReadLines("/proc/self/mounts"), line => line.Contains(folder, StringComparison.Ordinal));
            }

            Assert.DoesNotContain(folder, File.ReadAllText("/proc/self/mounts"), StringComparison.Ordinal);
        }
        finally
        {
            SmallDisk.Unmount(folder);
        }
    }
}
