using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EventDriven.Identity;
using EventDriven.Tests.Authorization;
using EventDriven.Tests.Checkout.Host;
using EventDriven.Tests.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace EventDriven.Tests.Fuzz.Http;

/// <summary>Requests to the endpoints of one service that are nearly right.</summary>
internal sealed class EndpointRequests
{
    // What a body must be, to come past the first check of its endpoint. Others take none.
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["POST /orders/"] =
            """
            {"customerId":"0190a1b2-0000-7000-8000-00000000000c","email":"ada@example.org","currency":"EUR",
            "lines":[{"sku":"tea-earl-grey","quantity":2},{"sku":"mug-blue","quantity":1}],"reservation":"eventual"}
            """,
        ["POST /customers"] = """{"email":"ada@example.org","name":"Ada Lovelace"}""",
        ["POST /payments/webhook"] = """{"orderId":"ORDER","providerReference":"pay_1","amount":13.80,"currency":"EUR"}""",
        ["POST /dev/payment-provider/refunds"] = """{"providerReference":"pay_1","amount":13.80,"currency":"EUR","reason":"cancelled"}""",
        ["POST /reservations/"] = """{"orderId":"ORDER","lines":[{"sku":"mug-blue","quantity":1},{"sku":"tea-assam","quantity":3}]}""",
        ["PUT /stock/{sku}"] = """{"available":1000}""",
    };

    private static readonly (string Name, string Value)[] Headers =
    [
        ("Idempotency-Key", "0190a1b2-0000-7000-8000-0000000000aa"), ("X-Correlation-ID", "correlation-1"),
        ("Accept", "text/html, */*;q=0.1"), ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
        ("tracestate", "vendor=1"), ("baggage", "a=b;c=d"), ("Accept-Encoding", "gzip, br;q=0.5"), ("If-None-Match", "\"abc\""),
        ("If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"), ("Range", "bytes=0-10"), ("Last-Event-ID", "3"),
        ("Cookie", "a=b; c=\"d\""), ("Origin", "https://elsewhere.example"), ("X-Forwarded-For", "10.0.0.1, [::1]:80"),
        ("X-Forwarded-Proto", "https"), ("X-HTTP-Method-Override", "DELETE"), ("Content-Encoding", "gzip"), ("Expect", "100-continue"),
        ("Upgrade", "h2c"), ("Content-Language", "en"), ("webhook-id", "msg_1"), ("webhook-timestamp", "1764417600"),
        ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="), ("Prefer", "respond-async, handling=lenient"),
    ];

    private static readonly string[] ContentTypes =
    [
        "application/json", "application/json; charset=utf-8", "application/json; charset=\"utf-16\"", "text/plain",
        "multipart/form-data; boundary=x", "application/x-www-form-urlencoded",
    ];

    private static readonly string[] Methods =
        ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "PROPFIND", "QUERY"];

    // It waits for Kafka, which is away.
    private const string Lag = "GET /lag";
    private const int CasesALag = 200;
    private const int TurnsOfOthers = 10;

    private readonly string _service;
    private readonly string _order;
    private readonly string _token = TestTokens.All;
    private readonly string _serviceToken;
    private readonly string _customerToken;
    private readonly (string Method, RouteEndpoint Endpoint)[] _endpoints;
    private readonly (string Method, RouteEndpoint Endpoint)? _lag;

    /// <param name="app">The service.</param>
    /// <param name="service">Its name.</param>
    /// <param name="order">An order that is there; any id where there are no orders.</param>
    public EndpointRequests(IServiceApp app, string service, Guid order)
    {
        (_service, _order) = (service, order.ToString());
        _serviceToken = TestTokens.OfService(
            service is Audiences.Checkout or Audiences.Inventory ? service : Audiences.Inventory, Scopes.KeysRead);
        _customerToken = TestTokens.OfCustomer(new Guid("0190a1b2-0000-7000-8000-00000000000c"), "ada@example.org");
        _endpoints =
        [
            .. from found in ServiceEndpoints.Of(app)
               let name = ServiceEndpoints.NameOf(found.Method, found.Endpoint)
               where name != Lag
               group found by name into same
               from turn in Enumerable.Repeat(same.First(), IsSlow(same.Key) ? 1 : TurnsOfOthers)
               select turn,
        ];
        _lag = ServiceEndpoints.Of(app).Where(found => ServiceEndpoints.NameOf(found.Method, found.Endpoint) == Lag)
            .Cast<(string, RouteEndpoint)?>().FirstOrDefault();
    }

    /// <summary>What no answer may repeat.</summary>
    public IReadOnlyList<string> Secrets => [_token, _serviceToken, _customerToken, TestTokens.Key, TestMasterKey.Value];

    /// <summary>A request to one of the endpoints, in turn.</summary>
    public FuzzedRequest Of(FuzzCase fuzz)
    {
        var (method, endpoint) = _lag is { } lag && fuzz.Number % CasesALag == 0 ? lag : _endpoints[fuzz.Number % _endpoints.Length];
        var name = ServiceEndpoints.NameOf(method, endpoint);
        var sentMethod = fuzz.Chance(95) ? method : fuzz.Pick(Methods);
        var body = Body(fuzz, name);
        var head = new StringBuilder($"{sentMethod} {Target(fuzz, endpoint)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        foreach (var (header, value) in RequestHeaders(fuzz, name, body))
        {
            head.Append(header).Append(": ").Append(value).Append("\r\n");
        }

        var isChunked = body.Length > 0 && fuzz.Chance(20);
        if (isChunked)
        {
            head.Append("Transfer-Encoding: chunked\r\n");
        }
        else if (body.Length > 0 || method is "POST" or "PUT")
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        }

        byte[] request = [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. isChunked ? Chunked(fuzz, body) : body];

        // What is no request at all any more may be answered by Kestrel alone.
        var isComplete = fuzz.Chance(88);
        return new FuzzedRequest(name, isComplete ? request : fuzz.Bytes(request), isComplete, sentMethod != "HEAD");
    }

    // They ask Kafka, which is away, or write the description of the whole service.
    private static bool IsSlow(string endpoint) => endpoint == "GET /health"
        || endpoint.Contains("/openapi/", StringComparison.Ordinal) || endpoint.Contains("/scalar/", StringComparison.Ordinal);

    private static byte[] Chunked(FuzzCase fuzz, byte[] body)
    {
        var chunked = new List<byte>();
        for (var at = 0; at < body.Length;)
        {
            var length = fuzz.Random.Next(1, body.Length - at + 1);
            chunked.AddRange(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{length:x}\r\n")));
            chunked.AddRange(body.AsSpan(at, length));
            chunked.AddRange("\r\n"u8);
            at += length;
        }

        return [.. chunked, .. "0\r\n\r\n"u8];
    }

    private byte[] Body(FuzzCase fuzz, string name)
    {
        if (!Bodies.TryGetValue(name, out var valid))
        {
            return fuzz.Chance(5) ? fuzz.Json("""{"unexpected":[1,2,3]}""") : [];
        }

        valid = valid.Replace("ORDER", fuzz.Chance(80) ? _order : "0190a1b2-0000-7000-8000-0000000000ff", StringComparison.Ordinal);
        return fuzz.Random.Next(20) switch
        {
            0 => [],
            1 => Encoding.UTF8.GetBytes(valid),
            2 => Encoding.Unicode.GetBytes(valid),
            3 when fuzz.Chance(20) => Encoding.UTF8.GetBytes(valid.PadRight(70_000)),
            _ => fuzz.Json(valid),
        };
    }

    private string Target(FuzzCase fuzz, RouteEndpoint endpoint)
    {
        var path = new StringBuilder();
        foreach (var segment in endpoint.RoutePattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
            {
                path.Append(part switch
                {
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => Value(fuzz, parameter.Name, 40),
                    _ => "",
                });
            }
        }

        var query = endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>().Select(parameter => parameter.Name)
            .Append("limit").Append("after").Where(_ => fuzz.Chance(30))
            .Select(name => $"{name}={Value(fuzz, name, 70)}").ToList();
        if (query.Count > 0 && fuzz.Chance(10))
        {
            query.Add(fuzz.Chance(50) ? query[0] : Encoded(fuzz, fuzz.Text("a=b")));
        }

        var target = (path.Length == 0 ? "/" : path.ToString()) + (query.Count > 0 ? $"?{string.Join('&', query)}" : "");
        return fuzz.Chance(3) ? Encoded(fuzz, fuzz.Text(target)) : target;
    }

    private string Value(FuzzCase fuzz, string name, int percentChanged)
    {
        var valid = name switch
        {
            "id" or "orderId" or "customerId" => _order,
            "documentName" => "v1",
            "topic" => "orders.v1",
            "file" => "eventdriven.orders.order-placed.v1.json",
            "limit" => "10",
            "from" or "to" => "2026-11-23T10:00:00Z",
            "after" when _service == Audiences.Checkout => _order,
            "after" when _service == "notifications" => $"{_order}.order-received",
            _ => "mug-blue",
        };
        return fuzz.Chance(percentChanged) ? Encoded(fuzz, fuzz.Text(valid)) : valid;
    }

    // Mostly as a client would; else what needs no encoding stays as it is, and the rest may be in bytes that are no UTF-8.
    private static string Encoded(FuzzCase fuzz, string text) => fuzz.Random.Next(4) switch
    {
        0 => string.Concat(Encoding.Latin1.GetBytes(text).Select(
            b => b is > 0x20 and < 0x7F ? ((char)b).ToString() : string.Create(CultureInfo.InvariantCulture, $"%{b:X2}"))),
        1 => string.Concat(Encoding.UTF8.GetBytes(text).Select(b => string.Create(CultureInfo.InvariantCulture, $"%{b:x2}"))),
        _ => Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))),
    };

    private IEnumerable<(string Name, string Value)> RequestHeaders(FuzzCase fuzz, string name, byte[] body)
    {
        if (Token(fuzz, name) is { } token)
        {
            yield return ("Authorization", token);
        }

        if (body.Length > 0 || fuzz.Chance(10))
        {
            yield return ("Content-Type", fuzz.Chance(85) ? ContentTypes[0] : HeaderValue(fuzz, fuzz.Pick(ContentTypes)));
        }

        if (name == "POST /payments/webhook" && fuzz.Chance(80))
        {
            foreach (var header in Signed(fuzz, body))
            {
                yield return header;
            }
        }

        if (name == "POST /orders/" && fuzz.Chance(90))
        {
            yield return ("Idempotency-Key", $"key-{fuzz.Random.Next(1_000)}");
        }

        for (var more = fuzz.Random.Next(4); more > 0; more--)
        {
            var (header, value) = fuzz.Pick(Headers);
            yield return (header, fuzz.Chance(50) ? value : HeaderValue(fuzz, value));
        }

        if (fuzz.Chance(1))
        {
            for (var i = 0; i < 100; i++)
            {
                yield return ("X-Many", "1");
            }
        }
    }

    private string? Token(FuzzCase fuzz, string name) => fuzz.Random.Next(20) switch
    {
        0 => null,
        1 => "Bearer " + HeaderValue(fuzz, _token),
        2 => HeaderValue(fuzz, $"Bearer {_token}"),
        3 or 4 => $"Bearer {_customerToken}",
        5 or 6 => $"Bearer {_serviceToken}",
        _ => $"Bearer {(name is "POST /reservations/" or "GET /keys/{id:guid}" ? _serviceToken : _token)}",
    };

    private static IEnumerable<(string Name, string Value)> Signed(FuzzCase fuzz, byte[] body)
    {
        var id = $"msg_{fuzz.Number}";
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] content = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var signature = Convert.ToBase64String(
            HMACSHA256.HashData(Convert.FromBase64String(ProviderWebhook.Secret["whsec_".Length..]), content));
        return [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", $"v1,{signature}")];
    }

    // A line break would begin another header.
    private static string HeaderValue(FuzzCase fuzz, string valid) =>
        fuzz.Text(valid).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
}
