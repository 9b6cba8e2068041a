namespace EventDriven.Cli.Acls;

/// <summary>What was changed of the access rules.</summary>
/// <param name="Missing">What was needed and not allowed. It is created.</param>
/// <param name="Superfluous">What is allowed and not needed. Only --prune deletes it.</param>
/// <param name="Created">Number of rules that were created.</param>
/// <param name="Deleted">Number of rules that were deleted.</param>
internal sealed record AppliedAclsJson(
    IReadOnlyList<AclRuleJson> Missing,
    IReadOnlyList<AclRuleJson> Superfluous,
    int Created,
    int Deleted);
