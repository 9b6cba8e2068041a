using EventDriven.Hosting.Data;
using EventDriven.Hosting.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventDriven.Tests.Hosting;

public sealed class PostgresFolderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_initialisation_that_was_interrupted_begins_anew()
    {
        using var data = DataDirectory.Temporary();
        var folder = PostgresFolder.Prepare(data, "postgres", user: null, NullLogger.Instance);

        await Assert.ThrowsAsync<OperationCanceledException>(() => folder.InitialiseAsync(async path =>
        {
            // initdb writes it first of all.
            await File.WriteAllTextAsync(Path.Combine(path, "PG_VERSION"), "15", Token);
            throw new OperationCanceledException();
        }));
        Assert.False(folder.IsInitialised);

        await folder.InitialiseAsync(async path =>
        {
            Assert.Empty(Directory.EnumerateFileSystemEntries(path));
            await File.WriteAllTextAsync(Path.Combine(path, "PG_VERSION"), "15", Token);
        });
        Assert.True(folder.IsInitialised);
    }
}
