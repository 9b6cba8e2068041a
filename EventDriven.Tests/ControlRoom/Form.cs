using System.Net;
using System.Text.RegularExpressions;

namespace EventDriven.Tests.ControlRoom;

/// <summary>Sends the forms of a page, as a browser does.</summary>
internal static partial class Form
{
    /// <summary>Sends a form with the token of a page.</summary>
    /// <param name="client">Has the page's cookies.</param>
    /// <param name="page">Address of a page that has a form.</param>
    /// <param name="action">Where the form goes.</param>
    /// <param name="fields">What is filled in.</param>
    public static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, string page, string action, params (string Name, string Value)[] fields)
    {
        var html = await (await client.GetAsync(page, TestContext.Current.CancellationToken)).Content
            .ReadAsStringAsync(TestContext.Current.CancellationToken);
        var token = WebUtility.HtmlDecode(Token().Match(html).Groups["value"].Value);
        return await client.PostAsync(
            action,
            new FormUrlEncodedContent(
            [
                KeyValuePair.Create("__RequestVerificationToken", token),
                .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
            ]),
            TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(
        """name="__RequestVerificationToken" value="(?<value>[^"]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
