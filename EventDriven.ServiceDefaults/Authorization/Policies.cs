namespace EventDriven.ServiceDefaults.Authorization;

/// <summary>Authorization policies that are not scopes; each of <see cref="Identity.Scopes"/> is the name of a policy too.</summary>
public static class Policies
{
    /// <summary>Other services, whose tokens are for this one alone (<see cref="IdentityOptions.ServiceAudience"/>).</summary>
    public const string Services = "services";
}
