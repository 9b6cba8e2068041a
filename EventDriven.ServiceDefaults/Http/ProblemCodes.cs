namespace EventDriven.ServiceDefaults.Http;

/// <summary>
/// The <c>code</c> of a problem document: programs decide by it. A code never changes its meaning; docs/http.md lists all of them. Services
/// add their own codes.
/// </summary>
public static class ProblemCodes
{
    /// <summary>400: the request can't be read.</summary>
    public const string InvalidRequest = "invalid-request";

    /// <summary>400: the body is not the JSON that is expected.</summary>
    public const string InvalidJson = "invalid-json";

    /// <summary>401: there is no valid token; <c>WWW-Authenticate</c> says why.</summary>
    public const string Unauthenticated = "unauthenticated";

    /// <summary>403: the token does not allow this; <c>WWW-Authenticate</c> names the scope that does.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>404: there is no such route.</summary>
    public const string UnknownRoute = "unknown-route";

    /// <summary>404: the resource that the path or the body names doesn't exist.</summary>
    public const string NotFound = "not-found";

    /// <summary>405: the route has other methods; <c>Allow</c> names them.</summary>
    public const string MethodNotAllowed = "method-not-allowed";

    /// <summary>408: the body came too slowly.</summary>
    public const string RequestTimeout = "request-timeout";

    /// <summary>409: the request conflicts with the current state.</summary>
    public const string Conflict = "conflict";

    /// <summary>413: the body is larger than <see cref="RequestLimits.BodyBytes"/>.</summary>
    public const string BodyTooLarge = "body-too-large";

    /// <summary>414: path and query are longer than <see cref="RequestLimits.TargetCharacters"/>.</summary>
    public const string TargetTooLong = "target-too-long";

    /// <summary>415: the body is not JSON in UTF-8.</summary>
    public const string UnsupportedMediaType = "unsupported-media-type";

    /// <summary>422: the request can be read, but values in it are invalid; <c>errors</c> names each.</summary>
    public const string InvalidValues = "invalid-values";

    /// <summary>
    /// 431: the headers are larger than <see cref="RequestLimits.HeaderBytes"/>, or there are more than
    /// <see cref="RequestLimits.HeaderCount"/>.
    /// </summary>
    public const string HeadersTooLarge = "headers-too-large";

    /// <summary>429: this caller sends more requests than its share; nothing was carried out.</summary>
    public const string TooManyRequests = "too-many-requests";

    /// <summary>500: a defect. The log has it under the correlation id.</summary>
    public const string InternalError = "internal-error";

    /// <summary>503: the database doesn't answer.</summary>
    public const string DatabaseAway = "database-away";

    /// <summary>503: the database answers, but had no connection, no lock or no time for this request.</summary>
    public const string DatabaseBusy = "database-busy";

    /// <summary>503: another server didn't answer in time.</summary>
    public const string ServerAway = "server-away";

    /// <summary>503: the request took longer than <see cref="RequestLimits.Duration"/>.</summary>
    public const string TookTooLong = "took-too-long";

    /// <summary>503: the service has as much to do as it takes on; nothing was carried out.</summary>
    public const string Overloaded = "overloaded";

    /// <summary>Any other status.</summary>
    public const string Other = "other";

    /// <summary>The code of a problem of which only the status is known.</summary>
    internal static string Of(int status, bool hasRoute) => status switch
    {
        400 => InvalidRequest,
        401 => Unauthenticated,
        403 => Forbidden,
        404 => hasRoute ? NotFound : UnknownRoute,
        405 => MethodNotAllowed,
        408 => RequestTimeout,
        409 => Conflict,
        413 => BodyTooLarge,
        414 => TargetTooLong,
        415 => UnsupportedMediaType,
        422 => InvalidValues,
        429 => TooManyRequests,
        431 => HeadersTooLarge,
        500 => InternalError,
        503 => ServerAway,
        _ => Other,
    };
}
