using System.CommandLine;
using System.CommandLine.Parsing;
using EventDriven.Cli.Audit;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Access;
using EventDriven.Messaging.Operations.Tasks;
using Spectre.Console;

namespace EventDriven.Cli.Acls;

/// <summary><c>acls show</c> and <c>acls apply</c>.</summary>
internal static class AclsCommand
{
    private static readonly Option<bool> Commands = new("--commands")
    {
        Description = "Prints command lines of kafka-acls.sh instead, for an administrator.",
    };

    private static readonly Option<bool> Prune = new("--prune")
    {
        Description = "Also deletes what these principals are allowed and don't need.",
    };

    public static Command Create(OperatorChanges changes) =>
        new("acls", "The least that each service and the operator must be allowed on Kafka, and grants it. Example: acls show")
        {
            Show(), Apply(changes), JsonOutput.Option, KafkaConnection.Option, StateFile.Option,
        };

    private static Command Show()
    {
        var command = new Command(
            "show",
            "Shows the access rules that follow from what the services declare; asks no server. Example: acls show --commands")
        {
            Commands, ServicePrincipals.Option, DeclaredPrincipals.Programs, CommandLineAccess.Writes, CommandLineAccess.Reads,
        };
        command.Validators.AddCheck(RefuseBoth);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var rules = (await DeclaredPrincipals.ReadAsync(parsed, cancellationToken)).SelectMany(access => access.Rules).ToList();
            if (parsed.IsJson())
            {
                JsonOutput.Write(AclsPrint.Json(rules));
            }
            else if (parsed.GetValue(Commands))
            {
                foreach (var line in AclsPrint.Commands(rules))
                {
                    Console.WriteLine(line);
                }
            }
            else
            {
                AnsiConsole.Write(AclsPrint.Table(rules, TableRoom.Of(parsed)));
            }

            return ExitCode.Done;
        });
        return command.Writes<IReadOnlyList<AclRuleJson>>();
    }

    private static Command Apply(OperatorChanges changes)
    {
        var command = new Command(
            "apply",
            "Creates the access rules that are missing and names those that are superfluous, as an administrator of Kafka. Can be "
            + "repeated. Example: acls apply --principal checkout=User:shop-checkout")
        {
            Prune, ServicePrincipals.Option, DeclaredPrincipals.Programs, CommandLineAccess.Writes, CommandLineAccess.Reads,
            Confirmation.Yes, BecauseOption.Option,
        };
        command.Validators.AddCheck(RefuseBoth);
        command.Validators.AddCheck(result =>
        {
            if (result.GetResult(Prune) is { Implicit: false }
                && (result.GetResult(DeclaredPrincipals.Programs) is { Implicit: false } || CommandLineAccess.IsGiven(result)))
            {
                result.AddError(
                    "--prune needs to know every program, or it would delete what the others need: leave out --program, --writes and "
                    + "--reads.");
            }
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var kafka = KafkaConnection.Open(parsed);
            var acls = new AclAdmin(kafka);
            var needed = await DeclaredPrincipals.ReadAsync(parsed, cancellationToken);
            try
            {
                return await ApplyAsync(acls, needed, changes, parsed, cancellationToken);
            }
            catch (AclsRefusedException exception)
            {
                throw new OperationFailedException(exception.Message, ExitCode.Refused, exception);
            }
        });
        return command.Writes<AppliedAclsJson>();
    }

    private static void RefuseBoth(CommandResult result)
    {
        if (result.GetResult(DeclaredPrincipals.Programs) is { Implicit: false } && CommandLineAccess.IsGiven(result))
        {
            result.AddError("Use either --program or --writes and --reads, not both.");
        }
    }

    private static async Task<int> ApplyAsync(
        AclAdmin acls,
        IReadOnlyList<PrincipalAccess> needed,
        OperatorChanges changes,
        ParseResult parsed,
        CancellationToken cancellationToken)
    {
        var plan = await acls.PlanAsync(needed, cancellationToken);
        var prunes = parsed.GetValue(Prune);
        if (!parsed.IsJson())
        {
            AclsPrint.Plan(plan, prunes, TableRoom.Of(parsed));
        }

        var deleted = prunes ? plan.Superfluous : [];
        var exitCode = plan.Missing.Count + deleted.Count == 0 ? ExitCode.Done : await changes.RunAsync(
            parsed,
            ChangeTargets.Kafka,
            $"Create {plan.Missing.Count} access rule(s){(prunes ? $" and delete {deleted.Count}" : "")}?",
            change => change.RunAsync(
                async stopping =>
                {
                    await acls.CreateAsync(plan.Missing, stopping);
                    await acls.DeleteAsync(deleted, stopping);
                },
                cancellationToken),
            cancellationToken);
        if (parsed.IsJson())
        {
            JsonOutput.Write(new AppliedAclsJson(
                AclsPrint.Json(plan.Missing), AclsPrint.Json(plan.Superfluous), plan.Missing.Count, deleted.Count));
        }

        return exitCode;
    }
}
