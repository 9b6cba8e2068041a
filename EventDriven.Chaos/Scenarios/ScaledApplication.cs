namespace EventDriven.Chaos.Scenarios;

/// <summary>An application that runs, and to which a scenario adds instances of services.</summary>
/// <param name="Environments">By which environment variables it has started the first instance of a service, by service.</param>
/// <param name="Address">Where an instance answers.</param>
/// <param name="ConnectionStrings">Of Kafka and of the services' databases, by name.</param>
/// <param name="Token">A token with every scope.</param>
/// <param name="WebhookSecret">The secret with which payments are signed.</param>
/// <param name="MailFolder">Where mails are.</param>
/// <param name="LogFolder">Where the output of added instances goes.</param>
internal sealed record ScaledApplication(
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Environments,
    Func<string, Uri> Address,
    IReadOnlyDictionary<string, string> ConnectionStrings,
    string Token,
    string WebhookSecret,
    string MailFolder,
    string LogFolder);
