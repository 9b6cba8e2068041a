namespace EventDriven.LocalHost.Storage;

/// <summary>Finds the checkout that this assembly was built in.</summary>
internal static class Repository
{
    /// <summary>The folder with <c>EventDriven.sln</c>.</summary>
    /// <exception cref="LocalApplicationException">This assembly doesn't stand below one.</exception>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EventDriven.sln")))
            {
                return folder.FullName;
            }
        }

        throw new LocalApplicationException($"No EventDriven.sln above {AppContext.BaseDirectory}: the local mode starts the services from a checkout's build output.");
    }
}
