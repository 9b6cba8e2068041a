namespace EventDriven.Chaos.Applications;

/// <summary>The application that is put under load: where its instances and servers are, and what a client of it needs.</summary>
internal interface IApplication
{
    /// <summary>Every instance, by the name of its service: <c>checkout</c>, <c>checkout-2</c>.</summary>
    IReadOnlyList<string> Instances { get; }

    /// <summary>A token with every scope.</summary>
    string Token { get; }

    /// <summary>The secret with which payments are signed.</summary>
    string WebhookSecret { get; }

    /// <summary>Where mails are; null where they are not written to files.</summary>
    string? MailFolder { get; }

    /// <summary>A client of an instance, with <see cref="Token"/>.</summary>
    HttpClient Http(string instance);

    /// <summary>Address of an instance.</summary>
    Uri Address(string instance);

    /// <summary>Connection string of Kafka (<c>kafka</c>) or of a database, such as <c>checkoutdb</c>.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    Task<string> ConnectionStringAsync(string resource, CancellationToken cancellationToken);
}
