using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventDriven.ServiceDefaults.Http.Lists;

/// <summary>
/// Lists in pages that begin after a key: however long a list is and whatever is added meanwhile, no entry is given twice or left out. The next page
/// is a link, in the body and in the header <c>Link</c> (RFC 8288); a client follows it and doesn't build it.
/// </summary>
public static class Pages
{
    /// <summary>Entries of a page when the caller doesn't say.</summary>
    public const int DefaultLimit = 50;

    /// <summary>Most entries of a page.</summary>
    public const int MaxLimit = 200;

    /// <summary>For the description of an endpoint.</summary>
    public const string Description = "`limit` is the most entries of a page, 1 to 200 (50 unless given); `next` leads to the page after it.";

    /// <summary>Whether the caller's limit is one; else the problem to answer with.</summary>
    public static bool TryLimit(int? given, out int limit, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        limit = given ?? DefaultLimit;
        problem = limit is >= 1 and <= MaxLimit ? null : Problems.Unprocessable("limit", $"Must be a number from 1 to {MaxLimit}.");
        return problem is null;
    }

    /// <summary>The page, and the link to the one after it.</summary>
    /// <param name="http">The request, whose query the link repeats.</param>
    /// <param name="found">One entry more than <paramref name="limit"/>, if there is one.</param>
    /// <param name="limit">Entries of the page.</param>
    /// <param name="key">What the parameter <c>after</c> takes to go on behind an entry.</param>
    public static Ok<Page<T>> Of<T>(HttpContext http, IReadOnlyList<T> found, int limit, Func<T, string> key)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(key);
        if (found.Count <= limit)
        {
            return TypedResults.Ok(new Page<T>(found));
        }

        var query = new QueryBuilder(http.Request.Query.Where(parameter => !parameter.Key.Equals("after", StringComparison.OrdinalIgnoreCase)))
        {
            { "after", key(found[limit - 1]) },
        };
        var next = http.Request.PathBase.Add(http.Request.Path).ToUriComponent() + query.ToQueryString();
        http.Response.Headers.Append("Link", $"<{next}>; rel=\"next\"");
        return TypedResults.Ok(new Page<T>([.. found.Take(limit)], next));
    }
}
