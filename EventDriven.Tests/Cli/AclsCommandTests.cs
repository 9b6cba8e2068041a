using Confluent.Kafka.Admin;
using EventDriven.Cli;
using EventDriven.Cli.Acls;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Access;
using EventDriven.Messaging.Operations.Programs;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Tests.Cli;

/// <summary>The least access rules, as they follow from what services declare.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class AclsCommandTests
{
    private static readonly DeclaredAccess Potter = new("/potter", ["pots.v1"], [new DeclaredGroup("potter", ["clay.v1"])], "receipts.v1");
    private static readonly DeclaredAccess Mine = new("/mine", ["clay.v1"], [], Receipts: null);

    [Fact]
    public void A_service_writes_what_it_publishes_and_reads_as_its_group() => Assert.Equal(
        [
            "Topic clay.v1 Read", "Topic clay.v1 DescribeConfigs", "Topic pots.v1 Write", "Topic receipts.v1 Write",
            "Group eventdriven-* Describe", "Group potter Read",
        ],
        Written(PrincipalAccess.OfService("User:potter", Potter)));

    [Fact]
    public void A_service_that_only_publishes_reads_nothing() => Assert.Equal(
        ["Topic clay.v1 Write", "Group eventdriven-* Describe"], Written(PrincipalAccess.OfService("User:mine", Mine)));

    [Fact]
    public void An_operator_writes_no_event_and_grants_nothing()
    {
        var rules = PrincipalAccess.OfOperator("User:operator", [Potter, Mine], ["pots.v1", "new.v1"]).Rules;

        Assert.Equal(
            ["clay.v1", "new.v1", "pots.v1", "receipts.v1"],
            rules.Where(rule => rule.Type == ResourceType.Topic).Select(rule => rule.Name).Distinct());
        Assert.DoesNotContain(rules, rule => rule.Operation is AclOperation.Write or AclOperation.All or AclOperation.Delete);
        Assert.DoesNotContain(rules, rule => rule is { Type: ResourceType.Broker, Operation: not AclOperation.Describe });
    }

    [Fact]
    public void What_is_written_on_the_command_line_stands_for_the_programs()
    {
        var declared = CommandLineAccess.Read(["mine=clay.v1", "potter=pots.v1, receipts.v1"], ["potter=potter:clay.v1"]);

        Assert.Equal(["mine", "potter"], declared.Keys);
        Assert.Equal(
            PrincipalAccess.OfService("User:potter", Potter).Rules, PrincipalAccess.OfService("User:potter", declared["potter"]).Rules);
        Assert.Equal(PrincipalAccess.OfService("User:mine", Mine).Rules, PrincipalAccess.OfService("User:mine", declared["mine"]).Rules);
    }

    [Theory]
    [InlineData("potter", null)]
    [InlineData("=pots.v1", null)]
    [InlineData("potter=", null)]
    [InlineData("potter=pots.v1,,clay.v1", null)]
    [InlineData("potter=pots.v1=clay.v1", null)]
    [InlineData(null, "potter=clay.v1")]
    [InlineData(null, "potter=:clay.v1")]
    [InlineData(null, "potter=potter:")]
    [InlineData(null, "=potter:clay.v1")]
    public void What_can_not_be_read_there_is_refused_with_an_example(string? writes, string? reads)
    {
        var refused = Assert.Throws<OperationFailedException>(
            () => CommandLineAccess.Read(writes is null ? [] : [writes], reads is null ? [] : [reads]));

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains($"'{writes ?? reads}' is not of the form service=", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acls apply --prune --writes mine=clay.v1", "--prune needs to know every program")]
    [InlineData("acls apply --prune --reads potter=potter:clay.v1", "--prune needs to know every program")]
    [InlineData("acls show --program some.dll --writes mine=clay.v1", "Use either --program or --writes and --reads, not both.")]
    public void What_can_not_stand_together_is_refused(string line, string reason) => Assert.Contains(
        OperatorCommands.Create(Asked.Nobody).Parse(line).Errors, error => error.Message.StartsWith(reason, StringComparison.Ordinal));

    [Theory]
    [InlineData("Analytics.Worker", "analytics")]
    [InlineData("/build/Checkout.Api.dll", "checkout")]
    [InlineData("FraudCheck.Worker", "fraud-check")]
    [InlineData("Shop.FraudCheck.Worker.dll", "shop-fraud-check")]
    [InlineData("Potter", "potter")]
    public void A_service_has_the_name_that_the_template_gives_it(string program, string service) =>
        Assert.Equal(service, ServiceProgram.ServiceOf(Path.GetFileName(program)));

    [Fact]
    public void A_plan_tells_what_is_missing_and_what_is_superfluous()
    {
        var needed = PrincipalAccess.OfService("User:potter", Potter).Rules;
        var old = new AclRule("User:potter", ResourceType.Topic, "old.v1", IsPrefix: false, AclOperation.Read);

        var plan = AclPlan.Of(needed, [.. needed.Skip(2), old]);

        Assert.Equal(needed.Take(2), plan.Missing);
        Assert.Equal([old], plan.Superfluous);
        Assert.Equal(needed.Skip(2), plan.Present);
    }

    [Fact]
    public void They_are_printed_as_a_table_as_commands_and_as_JSON()
    {
        var rules = PrincipalAccess.OfService("User:it's", Mine).Rules;

        Assert.Equal(
            ["User:it's topic clay.v1 Write", "User:it's group eventdriven-* Describe"],
            AclsPrint.Table(rules, new TableRoom(Width: null)).Lines().Skip(1)
                .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
        Assert.Equal(
            [
                "kafka-acls.sh --bootstrap-server \"$KAFKA\" --command-config admin.properties --add --allow-principal 'User:it'\\''s' "
                    + "--operation Write --topic 'clay.v1'",
                "kafka-acls.sh --bootstrap-server \"$KAFKA\" --command-config admin.properties --add --allow-principal 'User:it'\\''s' "
                    + "--operation Describe --group 'eventdriven-' --resource-pattern-type prefixed",
            ],
            AclsPrint.Commands(rules));
        Assert.Equal(
            """{"principal":"User:it's","resource":"topic","name":"clay.v1","prefix":false,"operation":"Write"}""",
            JsonOutput.ToLine(AclsPrint.Json(rules)[0]));
    }

    [Theory]
    [InlineData("checkout")]
    [InlineData("checkout=")]
    [InlineData("=User:a")]
    [InlineData("checkout=shop")]
    [InlineData("checkout=:")]
    public void A_principal_that_can_not_be_read_is_said(string given) =>
        Assert.Equal(ExitCode.Usage, Assert.Throws<OperationFailedException>(() => ServicePrincipals.Read([given])).ExitCode);

    [Fact]
    public void A_principal_is_a_user_of_the_services_name_unless_it_is_given()
    {
        var named = ServicePrincipals.Read(["checkout=User:CN=checkout,O=shop"]);

        Assert.Equal(("User:CN=checkout,O=shop", "User:inventory"), (named.Of("checkout"), named.Of("inventory")));
    }

    private static IEnumerable<string> Written(PrincipalAccess access) =>
        access.Rules.Select(rule => $"{rule.Type} {rule.Name}{(rule.IsPrefix ? "*" : "")} {rule.Operation}");
}
