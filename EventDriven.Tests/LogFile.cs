using EventDriven.Hosting.Data;

namespace EventDriven.Tests;

/// <summary>What a resource said, from the file that is being written.</summary>
internal static class LogFile
{
    public static async Task<string> ReadAsync(DataDirectory data, string resource)
    {
        await using var file = new FileStream(data.LogFile(resource), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
