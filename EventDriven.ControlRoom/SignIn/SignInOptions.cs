namespace EventDriven.ControlRoom.SignIn;

/// <summary>Section <c>ControlRoom</c>: who gets in, besides what the section <c>Authentication</c> says.</summary>
internal sealed class SignInOptions
{
    public const string Section = "ControlRoom";

    /// <summary>
    /// The key of the link that signs in with one click, which the AppHost makes at each start. Only in the environment Development; null
    /// for no such link.
    /// </summary>
    public string? DevelopmentKey { get; set; }

    /// <summary>
    /// Folder of the keys that protect the browsers' sessions, for its owner only. Without it, a restart may sign everybody out, and
    /// several instances don't accept each other's sessions.
    /// </summary>
    public string? KeysFolder { get; set; }
}
