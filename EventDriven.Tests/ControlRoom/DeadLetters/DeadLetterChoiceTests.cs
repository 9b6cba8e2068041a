using EventDriven.ControlRoom.DeadLetters;

namespace EventDriven.Tests.ControlRoom.DeadLetters;

/// <summary>What an address selects, and what its forms select with it.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class DeadLetterChoiceTests
{
    [Fact]
    public void An_address_and_what_is_read_from_it_are_the_same()
    {
        var choice = new DeadLetterChoice
        {
            Group = "inventory",
            Reason = "failed",
            Key = "a b&c",
            Topic = "orders.v1",
            Partition = 3,
            Offset = 7,
            Older = "1h",
            After = 12,
        };

        Assert.Equal(choice, Read(choice.Url()));
        Assert.Equal(choice, DeadLetterChoice.Of(name => choice.Fields().FirstOrDefault(field => field.Name == name).Value));
    }

    [Fact]
    public void What_can_not_be_understood_is_left_out() => Assert.Equal(
        new DeadLetterChoice { Group = "x" }, Read("?group=x&partition=-1&offset=one&older=3y&after=&reason=%20"));

    [Fact]
    public void A_dead_letter_without_a_key_is_chosen_by_its_place() => Assert.Equal(
        new DeadLetterChoice { Group = "inventory", Topic = "orders.v1", Partition = 3, Offset = 9 },
        DeadLetterChoice.OfKey(WithoutKey()));

    [Fact]
    public void A_key_is_chosen_as_a_whole() => Assert.Equal(
        new DeadLetterChoice { Group = "inventory", Topic = "orders.v1", Partition = 3, Key = "order-9" },
        DeadLetterChoice.OfKey(SomeDeadLetters.Failed(9)));

    [Fact]
    public void An_age_becomes_a_time_before_a_change_so_that_what_was_shown_is_what_is_changed()
    {
        var choice = Read("?group=inventory&older=1h&after=50").PinnedAt(SomeDeadLetters.Now);

        Assert.Equal(new DeadLetterChoice { Group = "inventory", Older = "2026-11-30T11:00:00Z" }, choice);
        Assert.Equal(choice, Read(choice.Url()).PinnedAt(SomeDeadLetters.Now.AddMinutes(10)));
        Assert.Equal(SomeDeadLetters.Now.AddHours(-1), choice.FilterAt(SomeDeadLetters.Now.AddMinutes(10)).FailedBefore);
        Assert.Null(new DeadLetterChoice { Group = "inventory" }.FilterAt(SomeDeadLetters.Now).FailedBefore);
    }

    private static EventDriven.Messaging.Storage.DeadLetters.DeadLetter WithoutKey()
    {
        var letter = SomeDeadLetters.Failed(9);
        return new()
        {
            Id = letter.Id,
            Group = letter.Group,
            Cluster = letter.Cluster,
            Topic = letter.Topic,
            Partition = letter.Partition,
            Offset = letter.Offset,
            Time = letter.Time,
            Headers = letter.Headers,
            Reason = letter.Reason,
            State = letter.State,
            ChangedBy = letter.ChangedBy,
            ChangedAt = letter.ChangedAt,
        };
    }

    private static DeadLetterChoice Read(string url)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(url[url.IndexOf('?')..]);
        return DeadLetterChoice.Of(name => query.TryGetValue(name, out var value) ? value.ToString() : null);
    }
}
