using EventDriven.Messaging.Analyzers.CodeFixes.Publishing;
using EventDriven.Messaging.Analyzers.Publishing;

namespace EventDriven.Tests.Analyzers;

/// <summary>EDM006.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class LateAddAnalyzerTests
{
    private const string Save = "await database.SaveChangesAsync(cancellationToken);";
    private const string Add = "outbox.Add(new OrderPlaced(\"o-1\"), time.GetUtcNow())";

    [Theory]
    [InlineData($"{Save} [|{Add}|];")]
    [InlineData($"database.SaveChanges(); [|{Add}|];")]
    [InlineData($"var rows = await database.SaveChangesAsync(); if (rows > 0) {{ [|{Add}|]; }}")]
    [InlineData($"{Save} var id = [|{Add}|]; Console.WriteLine(id);")]
    [InlineData(
        $"await using var begun = await database.Database.BeginTransactionAsync(); {Save} [|{Add}|]; await begun.CommitAsync();")]
    [InlineData($"Func<Task> place = async () => {{ {Save} [|{Add}|]; }}; await place();")]
    public Task An_event_that_nothing_stores_is_reported(string body) => VerifyAsync(body);

    [Theory]
    [InlineData($"{Add}; {Save}")]
    [InlineData($"{Save} {Add}; {Save}")]
    [InlineData($"if (isPaid) {{ {Save} return; }} {Add}; {Save}")]
    [InlineData($"if (isPaid) {{ {Save} }} else {{ {Add}; }}")]
    [InlineData($"{Save} {Add}; await CommitAsync(); async Task CommitAsync() => {Save}")]
    [InlineData($"{Save} {Add}; await FinishAsync(database); static Task FinishAsync(Shop shop) => shop.SaveChangesAsync();")]
    [InlineData($"Action announce = () => {Add}; announce(); {Save}")]
    public Task An_event_that_is_or_may_be_stored_is_not_reported(string body) => VerifyAsync(body);

    [Fact]
    public Task The_library_saves_what_a_handler_adds() =>
        AnalyzerCheck<LateAddAnalyzer>.VerifyAsync(ShopCode.Handler($"{Save} {Add};"));

    [Fact]
    public Task The_fix_adds_before_it_saves() => FixCheck<LateAddAnalyzer, LateAddFix>.VerifyAsync(
        ShopCode.UseCase($"{Save}\n        [|{Add}|];"), ShopCode.UseCase($"{Add};\n        {Save}"));

    [Fact]
    public Task Statements_between_the_two_are_left_to_the_author()
    {
        var code = ShopCode.UseCase($"{Save}\n        Console.WriteLine();\n        [|{Add}|];");

        return FixCheck<LateAddAnalyzer, LateAddFix>.VerifyAsync(code, code);
    }

    private static Task VerifyAsync(string body) => AnalyzerCheck<LateAddAnalyzer>.VerifyAsync(ShopCode.UseCase(body));
}
