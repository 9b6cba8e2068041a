using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.Messaging.Operations.Access;

/// <summary>
/// Compares a cluster's access rules with what principals need, and brings them there. It sees only rules that name one of these
/// principals, allow something, and hold for any host.
/// </summary>
/// <param name="kafka">The cluster, as an administrator who may describe and alter it.</param>
public sealed class AclAdmin(KafkaCluster kafka)
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan VisibleTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan VisibleInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>What the cluster allows these principals, compared with what they need.</summary>
    /// <exception cref="AclsRefusedException">The cluster has no access rules, or doesn't show them to this user.</exception>
    /// <exception cref="KafkaException">The cluster can't be reached.</exception>
    public async Task<AclPlan> PlanAsync(IReadOnlyCollection<PrincipalAccess> needed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(needed);
        var existing = new List<AclRule>();
        foreach (var principal in needed.Select(access => access.Principal).Distinct(StringComparer.Ordinal))
        {
            existing.AddRange(await ReadAsync(principal, cancellationToken));
        }

        return AclPlan.Of([.. needed.SelectMany(access => access.Rules).Distinct()], existing);
    }

    /// <summary>Creates what is missing, and waits until the broker shows it.</summary>
    /// <exception cref="AclsRefusedException">The cluster doesn't let this user change them, or shows no change in 30 s.</exception>
    /// <exception cref="KafkaException">The cluster can't be reached.</exception>
    public async Task CreateAsync(IReadOnlyCollection<AclRule> rules, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Count > 0)
        {
            await AskAsync(
                () => kafka.Client.CreateAclsAsync(
                    rules.Select(rule => rule.Binding), new CreateAclsOptions { RequestTimeout = RequestTimeout }),
                cancellationToken);
            await WaitUntilAsync(rules, areThere: true, cancellationToken);
        }
    }

    /// <summary>Deletes rules, and waits until the broker no longer shows them.</summary>
    /// <exception cref="AclsRefusedException">The cluster doesn't let this user change them, or shows no change in 30 s.</exception>
    /// <exception cref="KafkaException">The cluster can't be reached.</exception>
    public async Task DeleteAsync(IReadOnlyCollection<AclRule> rules, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Count > 0)
        {
            await AskAsync(
                () => kafka.Client.DeleteAclsAsync(
                    rules.Select(rule => rule.Binding.ToFilter()), new DeleteAclsOptions { RequestTimeout = RequestTimeout }),
                cancellationToken);
            await WaitUntilAsync(rules, areThere: false, cancellationToken);
        }
    }

    private async Task<IEnumerable<AclRule>> ReadAsync(string principal, CancellationToken cancellationToken)
    {
        var found = await AskAsync(
            () => kafka.Client.DescribeAclsAsync(
                new AclBindingFilter
                {
                    PatternFilter = new ResourcePatternFilter { Type = ResourceType.Any, ResourcePatternType = ResourcePatternType.Any },
                    EntryFilter = new AccessControlEntryFilter
                    {
                        Principal = principal,
                        Host = AclRule.AnyHost,
                        Operation = AclOperation.Any,
                        PermissionType = AclPermissionType.Allow,
                    },
                },
                new DescribeAclsOptions { RequestTimeout = RequestTimeout }),
            cancellationToken);
        return found.AclBindings.Select(AclRule.Of);
    }

    private async Task WaitUntilAsync(IReadOnlyCollection<AclRule> rules, bool areThere, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(VisibleTimeout);
        var principals = rules.GroupBy(rule => rule.Principal, StringComparer.Ordinal)
            .Select(own => new PrincipalAccess(own.Key, [.. own])).ToList();
        try
        {
            while (await PlanAsync(principals, timeout.Token) is var plan && (areThere ? plan.Missing : plan.Present).Count > 0)
            {
                await Task.Delay(VisibleInterval, TimeProvider.System, timeout.Token);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AclsRefusedException(
                $"The access rules were changed, but the broker does not show it after {VisibleTimeout.TotalSeconds} s. Apply again.",
                exception);
        }
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask().WaitAsync(cancellationToken);
        }
        catch (KafkaException exception) when (Refusal(exception) is { } refusal)
        {
            throw new AclsRefusedException(refusal, exception);
        }
    }

    private static async Task AskAsync(Func<Task> ask, CancellationToken cancellationToken) => await AskAsync(
        async () =>
        {
            await ask();
            return true;
        },
        cancellationToken);

    private static string? Refusal(KafkaException exception) => CodeOf(exception) switch
    {
        ErrorCode.ClusterAuthorizationFailed =>
            "Kafka lets this user not work on access rules: that takes Describe on the cluster to compare, and Alter to change. Pass an "
            + "administrator's connection string by ConnectionStrings__kafka, or give an administrator what acls show --commands prints.",
        ErrorCode.SecurityDisabled =>
            "Kafka has no access rules, so everybody may do everything: set authorizer.class.name to "
            + "org.apache.kafka.metadata.authorizer.StandardAuthorizer on its brokers.",
        ErrorCode.Local_UnsupportedFeature or ErrorCode.UnsupportedVersion or ErrorCode.InvalidRequest =>
            "This Kafka doesn't work on access rules over its protocol, as the emulator and managed services that keep them elsewhere. "
            + "Grant there what acls show prints.",
        _ => null,
    };

    private static ErrorCode CodeOf(KafkaException exception) => exception switch
    {
        DescribeAclsException described => described.Result.Error.Code,
        CreateAclsException created => First(created.Results.Select(result => result.Error)),
        DeleteAclsException deleted => First(deleted.Results.Select(result => result.Error)),
        _ => exception.Error.Code,
    };

    private static ErrorCode First(IEnumerable<Error> errors) =>
        errors.FirstOrDefault(error => error.IsError)?.Code ?? ErrorCode.NoError;
}
