using System.Text;

namespace EventDriven.Tests.Checkout.Webhooks;

/// <summary>
/// What Standard Webhooks 1.0.0 says of signatures. The first expected signature is that of its libraries' tests; the others were computed
/// with Python's hmac.
/// </summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class WebhookVerifierTests
{
    private const string Bytes0To23 = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
    private const string Bytes0To63 =
        "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==";

    private const string Right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const string Wrong = "v1,A81IPIdRtBZpE6w+R4hIdkuzqV+4a2gMgrE13rHxuV0=";

    [Fact]
    public async Task The_example_of_the_libraries_is_accepted() => Assert.Empty(await new SignedMessage().RefusalAsync());

    [Theory]
    [InlineData(Bytes0To23, "msg_1", """{"name":"Zoë","amount":13.80}""", "v1,WKvvDU9qZfHLh6xq/FcgiKMOIz1gwUbw7uACf22f+cQ=")]
    [InlineData(Bytes0To63, "msg_2", "", "v1,3ClWy7AThGfeo+1GIOKxB59vwESFZrWKtZzB+qfUWzE=")]
    public async Task The_shortest_and_the_longest_key_sign_any_text(string secret, string id, string body, string signature) =>
        Assert.Empty(
            await new SignedMessage { Id = id, Body = Encoding.UTF8.GetBytes(body), Signature = signature }.RefusalAsync(secret));

    [Fact]
    public async Task Bytes_that_are_no_text_are_signed_as_they_are() => Assert.Empty(
        await new SignedMessage { Id = "msg_3", Body = [0xff, 0x00, (byte)'\n', (byte)'{', (byte)'}'], Signature = Wrong }
            .RefusalAsync(Bytes0To63));

    [Theory]
    [InlineData("{\"test\": 2432232314} ")]
    [InlineData("{\"test\":2432232314}")]
    [InlineData("{\"test\": 2432232315}")]
    [InlineData("")]
    public async Task Another_body_is_refused(string body) => await IsRefusedAsync(
        new SignedMessage { Body = Encoding.UTF8.GetBytes(body) }, "webhook-signature", "No signature is right");

    [Fact]
    public async Task Another_id_or_timestamp_is_refused()
    {
        await IsRefusedAsync(new SignedMessage { Id = "msg_1" }, "webhook-signature", "No signature is right");
        await IsRefusedAsync(new SignedMessage { Timestamp = "1614265331" }, "webhook-signature", "No signature is right");
        await IsRefusedAsync(new SignedMessage { Timestamp = "01614265330" }, "webhook-signature", "No signature is right");
    }

    [Theory]
    [InlineData($"{Right} {Wrong}")]
    [InlineData($"{Wrong} {Right}")]
    [InlineData($"v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg== {Right}")]
    [InlineData($"nonsense  v1,AAAA v2,{Right} {Right} ")]
    public async Task One_right_signature_among_others_is_enough(string signatures) =>
        Assert.Empty(await new SignedMessage { Signature = signatures }.RefusalAsync());

    [Fact]
    public async Task Every_configured_secret_is_as_good_as_the_first()
    {
        Assert.Empty(await new SignedMessage().RefusalAsync(Bytes0To23, SignedMessage.LibrariesSecret));
        Assert.Empty(await new SignedMessage().RefusalAsync(SignedMessage.LibrariesSecret, Bytes0To23));
        Assert.Equal(["webhook-signature"], (await new SignedMessage().RefusalAsync(Bytes0To23, Bytes0To63)).Keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1")]
    [InlineData("v1,")]
    [InlineData("v1,no base64!")]
    [InlineData("v1,AAAA")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=AAAA")]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==")]
    public async Task A_signature_of_another_scheme_or_of_none_is_refused(string signature) =>
        await IsRefusedAsync(new SignedMessage { Signature = signature }, "webhook-signature", "Has no signature of the scheme v1");

    [Theory]
    [InlineData("")]
    [InlineData("msg 1")]
    [InlineData("msg_1.1614265330")]
    [InlineData("mëssage")]
    public async Task An_id_that_is_none_is_refused(string id) =>
        await IsRefusedAsync(new SignedMessage { Id = id }, "webhook-id", "Must be 1 to 255 visible ASCII characters");

    [Fact]
    public async Task An_id_that_is_too_long_is_refused() =>
        await IsRefusedAsync(new SignedMessage { Id = new string('a', 256) }, "webhook-id", "Must be 1 to 255 visible ASCII characters");

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("-1614265330")]
    [InlineData(" 1614265330")]
    [InlineData("1614265330.0")]
    [InlineData("1.6e9")]
    [InlineData("99999999999999999999")]
    public async Task A_timestamp_that_is_none_is_refused(string timestamp) =>
        await IsRefusedAsync(new SignedMessage { Timestamp = timestamp }, "webhook-timestamp", "Must be the time of sending");

    [Theory]
    [InlineData("webhook-id")]
    [InlineData("webhook-timestamp")]
    [InlineData("webhook-signature")]
    public async Task A_header_that_is_there_twice_is_refused(string header) =>
        await IsRefusedAsync(new SignedMessage { Twice = header }, header, "Must be there once.");

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    [InlineData(86_400, false)]
    public async Task A_message_is_good_for_5_minutes_in_both_directions(int secondsLater, bool accepted)
    {
        var message = new SignedMessage { SecondsLater = secondsLater };
        if (accepted)
        {
            Assert.Empty(await message.RefusalAsync());
        }
        else
        {
            await IsRefusedAsync(message, "webhook-timestamp", "Is more than 5 minutes from this server's time");
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("9223372036854775807")]
    public async Task A_timestamp_at_the_end_of_its_range_is_too_far(string timestamp) => await IsRefusedAsync(
        new SignedMessage { Timestamp = timestamp }, "webhook-timestamp", "Is more than 5 minutes from this server's time");

    private static async Task IsRefusedAsync(SignedMessage message, string header, string reason)
    {
        var (name, messages) = Assert.Single(await message.RefusalAsync());
        Assert.Equal(header, name);
        Assert.StartsWith(reason, Assert.Single(messages), StringComparison.Ordinal);
    }
}
