using System.Security.Cryptography;
using EventDriven.Messaging.Privacy;
using FsCheck;
using FsCheck.Xunit;

namespace EventDriven.Tests.Messaging.Privacy;

/// <summary>A key opens what it sealed, in its place, for its person, and nothing else.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class SubjectKeyTests
{
    private const string Place = "shop.orders.order-placed/email";

    [Property]
    public bool What_is_sealed_opens_and_does_not_show(NonNull<string> text)
    {
        // UTF-8 has no lone surrogates; neither has JSON that .NET writes.
        var plain = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text.Get));
        var key = NewKey();
        var found = key.Seal(Place, plain);

        return key.Open(Place, found) == plain
            && SubjectKey.IsSealed(found)
            && SubjectKey.TryReadId(found, out var id) && id == key.Id
            && (plain.Length < 4 || !found.Contains(plain, StringComparison.Ordinal));
    }

    [Property(MaxTest = 50)]
    public bool The_same_text_is_sealed_equally_in_one_place_only(NonNull<string> text, NonNull<string> other)
    {
        var key = NewKey();
        var found = key.Seal(Place, text.Get);

        return found == key.Seal(Place, text.Get)
            && found != key.Seal(Place + "2", text.Get)
            && (text.Get == other.Get || found != key.Seal(Place, other.Get));
    }

    [Property(MaxTest = 50)]
    public bool Any_changed_byte_is_found_out(NonEmptyString text, byte at)
    {
        var key = NewKey();
        var found = key.Seal(Place, text.Get).ToCharArray();

        // The last character of base64 may have bits that stand for nothing.
        var begin = Array.LastIndexOf(found, '.') + 1;
        var index = begin + (at % (found.Length - begin - 1));
        found[index] = found[index] == 'A' ? 'B' : 'A';

        return Refuses(() => key.Open(Place, new string(found)));
    }

    [Fact]
    public void Another_key_place_or_person_opens_nothing()
    {
        var bytes = RandomNumberGenerator.GetBytes(SubjectKey.Size);
        var id = NewId();
        var key = new SubjectKey(id, "ada", bytes);
        var found = key.Seal(Place, "ada@example.org");

        Assert.Equal("ada@example.org", new SubjectKey(id, "ada", bytes).Open(Place, found));
        Assert.True(Refuses(() => new SubjectKey(id, "eve", bytes).Open(Place, found)));
        Assert.True(Refuses(() => new SubjectKey(id, "ada", RandomNumberGenerator.GetBytes(SubjectKey.Size)).Open(Place, found)));
        Assert.True(Refuses(() => new SubjectKey(NewId(), "ada", bytes).Open(Place, found)));
        Assert.True(Refuses(() => key.Open("shop.orders.order-placed/name", found)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada@example.org")]
    [InlineData("pd1.")]
    [InlineData("pd1.0190a1b2000070008000000000000001.")]
    [InlineData("pd1.0190a1b2000070008000000000000001.AAAA")]
    [InlineData("pd1.0190a1b2000070008000000000000001.not base64!")]
    public void What_is_no_sealed_text_is_refused(string text) => Assert.True(Refuses(
        () => new SubjectKey(Guid.Parse("0190a1b2-0000-7000-8000-000000000001"), "ada", new byte[SubjectKey.Size]).Open(Place, text)));

    [Fact]
    public void A_key_of_another_size_is_none() =>
        Assert.Throws<ArgumentException>(() => new SubjectKey(NewId(), "ada", new byte[32]));

    private static SubjectKey NewKey() => new(NewId(), "ada", RandomNumberGenerator.GetBytes(SubjectKey.Size));

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private static bool Refuses(Func<string> open)
    {
        try
        {
            open();
            return false;
        }
        catch (CryptographicException)
        {
            return true;
        }
    }
}
