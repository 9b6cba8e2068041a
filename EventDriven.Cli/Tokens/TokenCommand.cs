using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Identity;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Tokens;

/// <summary><c>token</c>: a token of the local application's own issuer.</summary>
internal static class TokenCommand
{
    private const int MaxMinutes = 24 * 60;

    private static readonly Option<Guid?> Customer = new("--customer")
    {
        Description = $"A customer's id, for a token of that customer. Its scope is {Scopes.Orders} unless --scope says otherwise.",
        HelpName = "id",
    };

    private static readonly Option<string?> Email = new("--email")
    {
        Description = "The customer's e-mail address, to which alone it may have mail sent.",
        HelpName = "address",
    };

    private static readonly Option<string[]> Scope = new("--scope")
    {
        Description = $"What the token allows, once for each: {string.Join(", ", Scopes.All)}.",
        HelpName = "scope",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string> Audience = new("--audience")
    {
        Description = $"Whom it is for: the whole system, or {Audiences.Inventory} for a token as Checkout has it.",
        DefaultValueFactory = _ => Audiences.System,
        HelpName = "name",
    };

    private static readonly Option<int> Minutes = new("--minutes")
    {
        Description = "How long it is valid, a day at most.",
        DefaultValueFactory = _ => 60,
        HelpName = "number",
    };

    public static Command Create()
    {
        Scope.AcceptOnlyFromAmong([.. Scopes.All]);
        Audience.AcceptOnlyFromAmong(Audiences.System, Audiences.Inventory);
        Minutes.Validators.AddCheck(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MaxMinutes)
            {
                result.AddError($"--minutes is a number from 1 to {MaxMinutes}.");
            }
        });
        var command = new Command(
            "token",
            "Prints a token of the running local application, for the header 'Authorization: Bearer …'. A deployment's tokens come from "
            + "its identity provider. Example: token --scope ops:read")
        {
            Customer, Email, Scope, Audience, Minutes, JsonOutput.Option, StateFile.Option,
        };
        command.Validators.AddCheck(result =>
        {
            if (Array.TrueForAll<Option>([Customer, Scope, Audience], option => result.GetResult(option) is null or { Implicit: true }))
            {
                result.AddError($"Say what the token allows: --scope {Scopes.OpsRead}, or --customer ID for one of a customer.");
            }
        });
        command.SetAction(parsed =>
        {
            var issuer = CallerToken.FindIssuer(parsed) ?? throw new OperationFailedException(
                "No application runs here that issues tokens. ./run.sh starts it. A deployment's tokens come from its identity provider.",
                ExitCode.Usage);
            var request = Request(parsed);
            var token = issuer.Issue(request);
            if (parsed.IsJson())
            {
                JsonOutput.Write(new TokenJson(
                    token, request.Subject, request.Audience, request.Scopes, TimeProvider.System.GetUtcNow() + request.Lifetime));
            }
            else
            {
                Console.WriteLine(token);
            }

            return ExitCode.Done;
        });
        return command.Writes<TokenJson>();
    }

    private static TokenRequest Request(ParseResult parsed)
    {
        var customer = parsed.GetValue(Customer);
        var scopes = parsed.GetValue(Scope) ?? [];
        return new TokenRequest(customer?.ToString() ?? Environment.UserName)
        {
            Email = parsed.GetValue(Email),
            Scopes = scopes is [] && customer is not null ? [Scopes.Orders] : scopes,
            Audience = parsed.GetValue(Audience)!,
            Lifetime = TimeSpan.FromMinutes(parsed.GetValue(Minutes)),
        };
    }
}
