using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EventDriven.Messaging;
using EventDriven.Messaging.Privacy.Sealing;
using EventDriven.Messaging.Validation;

namespace EventDriven.Tests.Messaging.Privacy;

/// <summary>Which members of an event's JSON are sealed and opened, and what is refused.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class PersonalRecordTests
{
    private const string Type = "shop.orders.order-placed.v1";
    private const string Ada = "0190a1b2-0000-7000-8000-000000000001";

    private readonly TestKeys _keys = new();

    [Fact]
    public void Only_personal_members_change()
    {
        var data = Bytes(
            $$"""{ "person": "{{Ada}}", "email": "ada@example.org", "note": "\"pd1.", """
            + """ "recipients": [ { "name": "Ada", "floor": 3 },{"name":null}] }""");

        var written = Sealed.Seal(Type, data, _keys);
        var text = Encoding.UTF8.GetString(written);

        Assert.DoesNotContain("ada@example.org", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Ada\"", text, StringComparison.Ordinal);
        Assert.Contains($$"""{ "person": "{{Ada}}", "email": "pd1.""", text, StringComparison.Ordinal);
        Assert.Contains(""", "floor": 3 },{"name":null}] }""", text, StringComparison.Ordinal);
        Assert.Equal(data, Opened.Open(Type, written, Ring()).Data);
    }

    [Theory]
    [InlineData("\"Ada \\\"\\u00e9\\n\"")]
    [InlineData("\"\"")]
    [InlineData("\"pd1.looks-sealed\"")]
    public void Any_text_survives(string json)
    {
        var written = Sealed.Seal(Type, Bytes($$"""{"person":"{{Ada}}","email":{{json}}}"""), _keys);

        using var opened = JsonDocument.Parse(Opened.Open(Type, written, Ring()).Data);
        using var given = JsonDocument.Parse(json);
        Assert.Equal(given.RootElement.GetString(), opened.RootElement.GetProperty("email").GetString());
    }

    [Fact]
    public void Null_stays_null_and_needs_no_key()
    {
        var data = Bytes($$"""{"person":"{{Ada}}","email":null}""");

        Assert.Same(data, Sealed.Seal(Type, data, _keys));
    }

    [Fact]
    public void Without_a_reader_of_keys_and_with_a_destroyed_key_it_is_null()
    {
        var written = Written();
        Assert.Equal($$"""{"person":"{{Ada}}","email":null}""", Text(Opened.Open(Type, written, SubjectKeyRing.None)));

        var destroyed = new SubjectKeyRing(1);
        destroyed.Add(_keys.Of(Ada).Id, key: null);
        var opened = Opened.Open(Type, written, destroyed);
        Assert.Equal($$"""{"person":"{{Ada}}","email":null}""", Text(opened));
        Assert.Null(opened.Key);
    }

    /// <summary>An event from before its producer sealed anything.</summary>
    [Fact]
    public void Plain_text_is_read_as_it_is()
    {
        var data = Bytes($$"""{"person":"{{Ada}}","email":"ada@example.org"}""");

        Assert.Equal(data, Opened.Open(Type, data, SubjectKeyRing.None).Data);
    }

    [Theory]
    [InlineData("shop.orders.order-cancelled.v1", Ada, "email")]
    [InlineData(Type, "0190a1b2-0000-7000-8000-000000000002", "email")]
    [InlineData(Type, Ada, "name")]
    public void Sealed_text_that_was_moved_is_unreadable(string type, string person, string member)
    {
        var found = JsonDocument.Parse(Written()).RootElement.GetProperty("email").GetString();
        var json = member == "email"
            ? $$"""{"person":"{{person}}","email":"{{found}}"}"""
            : $$"""{"person":"{{person}}","email":null,"recipients":[{"name":"{{found}}","floor":1}]}""";

        var exception = Assert.Throws<UnreadableEventException>(() => Opened.Open(type, Bytes(json), Ring()));
        Assert.DoesNotContain("ada@", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Both versions of a fact say the same of the person.</summary>
    [Fact]
    public void Another_major_version_opens_what_the_first_sealed() =>
        Assert.Contains("ada@example.org", Text(Opened.Open("shop.orders.order-placed.v2", Written(), Ring())), StringComparison.Ordinal);

    [Fact]
    public void The_way_in_which_a_guid_is_written_does_not_matter()
    {
        var written = Encoding.UTF8.GetString(Written()).Replace(Ada, Ada.ToUpperInvariant(), StringComparison.Ordinal);

        Assert.Contains("ada@example.org", Text(Opened.Open(Type, Bytes(written), Ring())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pd1.")]
    [InlineData("pd1.0190a1b2000070008000000000000009.AAAA")]
    public void Text_of_no_known_key_is_unreadable(string text) => Assert.Throws<UnreadableEventException>(
        () => Opened.Open(Type, Bytes($$"""{"person":"{{Ada}}","email":"{{text}}"}"""), Ring()));

    [Theory]
    [InlineData("person", "\\ud800")]
    [InlineData("email", "pd1.\\ud800")]
    [InlineData("\\ud800", "")]
    public void Text_that_is_not_Unicode_beside_sealed_text_is_unreadable(string member, string text) =>
        Assert.Throws<UnreadableEventException>(() => Opened.Open(
            Type, Bytes($$"""{"{{member}}":"{{text}}","recipients":[{"name":"pd1.","floor":1}]}"""), Ring()));

    [Theory]
    [InlineData(typeof(NobodyNamed), "[DataSubject]")]
    [InlineData(typeof(TwoNamed), "both [DataSubject]")]
    [InlineData(typeof(NoText), "only text")]
    [InlineData(typeof(NeverNull), "string?")]
    [InlineData(typeof(WithinItself), "itself")]
    [InlineData(typeof(NamedWithin), "within another record")]
    [InlineData(typeof(InDictionary), "in a dictionary")]
    [InlineData(typeof(InListOfLists), "in a list of lists")]
    [InlineData(typeof(BehindDerivedType), "behind [JsonDerivedType]")]
    [InlineData(typeof(BehindDerivedTypeWithin), "behind [JsonDerivedType]")]
    public void A_record_that_cannot_be_sealed_is_refused(Type record, string why)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => PersonalRecord.Of(record, JsonNamingPolicy.CamelCase, isRead: true));

        Assert.Contains(why, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_without_personal_data_costs_nothing() =>
        Assert.Null(PersonalRecord.Of(typeof(Impersonal), JsonNamingPolicy.CamelCase, isRead: true));

    private static PersonalRecord Sealed => PersonalRecord.Of(typeof(Placed), JsonNamingPolicy.CamelCase, isRead: false)!;

    private static PersonalRecord Opened => PersonalRecord.Of(typeof(Read), JsonNamingPolicy.CamelCase, isRead: true)!;

    private byte[] Written() => Sealed.Seal(Type, Bytes($$"""{"person":"{{Ada}}","email":"ada@example.org"}"""), _keys);

    private SubjectKeyRing Ring()
    {
        var ring = new SubjectKeyRing(1);
        var key = _keys.Of(Ada);
        ring.Add(key.Id, key);
        return ring;
    }

    private static string Text(OpenedData opened) => Encoding.UTF8.GetString(opened.Data.Span);

    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);

    private sealed record Placed([DataSubject] Guid Person, [PersonalData] string Email, string Note, IReadOnlyList<Recipient> Recipients);

    private sealed record Recipient([PersonalData] string Name, int Floor);

    private sealed record Read([DataSubject] Guid Person, [PersonalData] string? Email, IReadOnlyList<ReadRecipient> Recipients);

    private sealed record ReadRecipient([PersonalData] string? Name);

    private sealed record Impersonal(Guid Person, string Note);

    private sealed record NobodyNamed(Guid Person, [PersonalData] string? Email);

    private sealed record TwoNamed([DataSubject] Guid Person, [DataSubject] Guid Other, [PersonalData] string? Email);

    private sealed record NoText([DataSubject] Guid Person, [PersonalData] int Age);

    private sealed record NeverNull([DataSubject] Guid Person, [PersonalData] string Email);

    private sealed record WithinItself([DataSubject] Guid Person, [PersonalData] string? Email, WithinItself? Other);

    private sealed record NamedWithin(Inner Person, [PersonalData] string? Email);

    private sealed record Inner([DataSubject] Guid Id);

    private sealed record InDictionary([DataSubject] Guid Person, IReadOnlyDictionary<string, Contact> Contacts);

    private sealed record InListOfLists([DataSubject] Guid Person, IReadOnlyList<IReadOnlyList<Contact>> Contacts);

    private sealed record Contact([PersonalData] string? Email);

    [JsonDerivedType(typeof(Letter), "letter")]
    private record BehindDerivedType([DataSubject] Guid Person);

    private sealed record Letter(Guid Person, [PersonalData] string? Email) : BehindDerivedType(Person);

    private sealed record BehindDerivedTypeWithin([DataSubject] Guid Person, IReadOnlyList<Reach> Reaches);

    [JsonDerivedType(typeof(ByMail), "mail")]
    private record Reach;

    private sealed record ByMail([PersonalData] string? Email) : Reach;
}
