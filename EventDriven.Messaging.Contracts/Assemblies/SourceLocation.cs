namespace EventDriven.Messaging.Contracts.Assemblies;

/// <summary>Where something stands in the source.</summary>
/// <param name="File">Path of the file, as the compiler wrote it down.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
internal sealed record SourceLocation(string File, int Line, int Column)
{
    /// <summary>As MSBuild writes it: <c>path(line,column)</c>, which editors open.</summary>
    public override string ToString() => $"{File}({Line},{Column})";

    /// <summary><c>path:line</c>, relative to a folder if the file is in it.</summary>
    public string In(string folder)
    {
        var relative = Path.GetRelativePath(folder, File);
        return $"{(relative.StartsWith("..", StringComparison.Ordinal) ? File : relative)}:{Line}";
    }
}
