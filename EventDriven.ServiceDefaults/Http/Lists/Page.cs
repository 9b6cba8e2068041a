using System.ComponentModel;

namespace EventDriven.ServiceDefaults.Http.Lists;

/// <summary>A page of a list.</summary>
/// <param name="Items">The entries.</param>
/// <param name="Next">Path and query of the next page; absent on the last page.</param>
public sealed record Page<T>(
    IReadOnlyList<T> Items,
    [property: Description("Path and query of the next page, as in the Link header; absent on the last page.")] string? Next = null);
