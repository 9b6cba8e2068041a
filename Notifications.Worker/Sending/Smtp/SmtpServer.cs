namespace Notifications.Worker.Sending.Smtp;

/// <summary>The mail server, from the connection string <c>smtp</c>.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="TlsFromTheStart"><c>smtps</c>; with <c>smtp</c>, STARTTLS is used when the server offers it.</param>
/// <param name="User">User name; null for a server without authentication.</param>
/// <param name="Password">Password of the user.</param>
internal sealed record SmtpServer(string Host, int Port, bool TlsFromTheStart, string? User, string? Password)
{
    private const int DefaultPort = 25;
    private const int DefaultTlsPort = 465;

    /// <summary>Reads <c>smtp://[user:password@]host[:port]</c>; user and password are percent-encoded.</summary>
    /// <exception cref="InvalidOperationException">The connection string has another form.</exception>
    public static SmtpServer Parse(string connectionString)
    {
        if (!Uri.TryCreate(connectionString, UriKind.Absolute, out var uri) || uri.Scheme is not ("smtp" or "smtps")
            || uri.Host.Length == 0)
        {
            throw new InvalidOperationException("Connection string 'smtp' must have the form smtp://[user:password@]host:port.");
        }

        var tls = uri.Scheme == "smtps";
        var credentials = uri.UserInfo.Split(':', 2);
        return new SmtpServer(
            uri.IdnHost,
            uri.Port > 0 ? uri.Port : tls ? DefaultTlsPort : DefaultPort,
            tls,
            uri.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(credentials[0]),
            credentials.Length == 2 ? Uri.UnescapeDataString(credentials[1]) : null);
    }
}
