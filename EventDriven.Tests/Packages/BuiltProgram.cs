namespace EventDriven.Tests.Packages;

/// <summary>A project that <c>dotnet build</c> has built with its output in <c>artifacts</c>.</summary>
internal static class BuiltProgram
{
    /// <summary>Path of its assembly.</summary>
    public static string In(string folder, string project) =>
        Path.Combine(folder, "artifacts", "bin", project, "debug", $"{project}.dll");
}
