using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventDriven.ServiceDefaults.Http.Lists;

/// <summary>
/// Lists in pages that begin after a key: no entry is repeated or left out, even if entries are added meanwhile. The link to the next page
/// is in the body and in the header <c>Link</c> (RFC 8288). Clients follow it instead of building their own.
/// </summary>
public static class Pages
{
    /// <summary>Entries of a page by default.</summary>
    public const int DefaultLimit = 50;

    /// <summary>Maximum of entries in a page.</summary>
    public const int MaxLimit = 200;

    /// <summary>Text for the description of an endpoint.</summary>
    public const string Description =
        "`limit` is the most entries of a page, 1 to 200 (50 unless given); `next` leads to the page after it.";

    /// <summary>Whether the caller's limit is valid; if not, <paramref name="problem"/> is the answer.</summary>
    public static bool TryLimit(int? given, out int limit, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        limit = given ?? DefaultLimit;
        problem = limit is >= 1 and <= MaxLimit ? null : Problems.Unprocessable("limit", $"Must be a number from 1 to {MaxLimit}.");
        return problem is null;
    }

    /// <summary>The page, with the link to the next one.</summary>
    /// <param name="http">The request, whose query the link repeats.</param>
    /// <param name="found">The entries, and one more than <paramref name="limit"/> if there is a next page.</param>
    /// <param name="limit">Entries of the page.</param>
    /// <param name="key">The value of the parameter <c>after</c> that continues after an entry.</param>
    public static Ok<Page<T>> Of<T>(HttpContext http, IReadOnlyList<T> found, int limit, Func<T, string> key)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(key);
        if (found.Count <= limit)
        {
            return TypedResults.Ok(new Page<T>(found));
        }

        var query = new QueryBuilder(
            http.Request.Query.Where(parameter => !parameter.Key.Equals("after", StringComparison.OrdinalIgnoreCase)))
        {
            { "after", key(found[limit - 1]) },
        };
        var next = http.Request.PathBase.Add(http.Request.Path).ToUriComponent() + query.ToQueryString();
        http.Response.Headers.Append("Link", $"<{next}>; rel=\"next\"");
        return TypedResults.Ok(new Page<T>([.. found.Take(limit)], next));
    }
}
