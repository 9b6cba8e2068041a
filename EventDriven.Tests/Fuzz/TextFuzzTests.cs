using System.Security.Cryptography;
using System.Text;
using Checkout.Api.Customers;
using Checkout.Api.Idempotency;
using Checkout.Api.Orders.Placing;
using Checkout.Api.Payments.Webhooks;
using Checkout.Api.Privacy;
using EventDriven.Cli.Acls;
using EventDriven.Cli.Tables;
using EventDriven.Messaging;
using EventDriven.Messaging.Contracts;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Kafka.Settings;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Privacy;
using EventDriven.Messaging.Storage.DeadLetters;
using Microsoft.AspNetCore.Http;

namespace EventDriven.Tests.Fuzz;

/// <summary>Whatever reads a text that came from outside reads it or refuses it in the way that it declares.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class TextFuzzTests
{
    private const int Cases = 1_200;

    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SubjectKey Key = new(new Guid("0190a1b2-0000-7000-8000-00000000000a"), "ada", new byte[SubjectKey.Size]);

    private static readonly Dictionary<string, (string[] Valid, Action<string> Read)> Readers = new(StringComparer.Ordinal)
    {
        ["connection string"] = (
            [
                "broker:9092,other:9093",
                "BootstrapServers=a:9093;SecurityProtocol=SaslSsl;SaslMechanism=ScramSha512;SaslUsername=checkout;SaslPassword=\"a;\"\"b\"",
                "bootstrap.servers=a:1\nsecurity.protocol=SASL_SSL\nsasl.mechanisms=PLAIN\nsasl.username=u\nsasl.password=p",
                "bootstrap.servers=a:1;security.protocol=SASL_SSL;sasl.mechanism=PLAIN;sasl.jaas.config="
                    + "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\\\"v\" password='p;q';",
                "Endpoint=sb://name.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=aGVsbG8=",
            ],
            text => Refused<InvalidOperationException>(
                () => _ = text.Length % 8 == 0 ? (object)KafkaSettings.Parse(text) : KafkaConnectionString.Parse(text))),
        ["position"] = (
            ["beginning", "offset:120", "120", "2026-11-23T10:00:00Z", "2026-11-23T10:00:00.1234567+01:00", "90s", "15m", "2h", "7d"],
            text => Assert.Equal(LogPosition.TryParse(text, Now, out var position), position is not null)),
        ["offsets"] = (
            ["120..180", "120..", "..180", "120"],
            text => Assert.Equal(OffsetRange.TryParse(text, out var range), range is not null)),
        ["principal"] = (["checkout=User:shop-checkout"], text => Refused<OperationFailedException>(() => ServicePrincipals.Read([text]))),
        ["Prefer"] = (["wait=5", "respond-async, wait=\"10\"; x=1"], text => Assert.InRange(WaitPreference.Parse(text) ?? 1, 1, 30)),
        ["Idempotency-Key"] = (
            ["0190a1b2-0000-7000-8000-0000000000aa"],
            text => Assert.True(!IdempotencyKey.IsValid(text) || IsVisible(text, IdempotencyKey.MaxLength))),
        ["X-Correlation-ID"] = (
            ["0af7651916cd43dd8448eb211c80319c"],
            text => Assert.True(!CorrelationContext.IsSane(text) || IsVisible(text, CorrelationContext.MaxLength))),
        ["e-mail address"] = (
            ["ada@example.org", "a.b+c@mail.example.co.uk"],
            text => Assert.True(!EmailAddress.IsValid(text) || IsVisible(EmailAddress.Normalize(text), EmailAddress.MaxLength))),
        ["webhook headers"] = (
            ["msg_1|1764417600|v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1a,x"], ReadWebhook),
        ["webhook secret"] = ([SignedSecret], text => Assert.NotEqual("", WebhookSecret.Read(text, out _))),
        ["master key"] = ([Convert.ToBase64String(new byte[MasterKey.Size])], text => MasterKey.Read(text)),
        ["time of an event"] = (
            ["2026-11-23T10:00:00.5Z", "2026-11-23t10:00:60+01:30"],
            text => Assert.True(
                EventTime.Parse(text) == EventTime.Parse(Encoding.UTF8.GetBytes(text), () => text), "Two ways to read it differ.")),
        ["name of an event"] = (
            [Noted],
            text =>
            {
                Refused<ArgumentException>(() => EventName.EnsureFact(text));
                _ = (EventName.MajorOf(text), EventName.FactOf(text));
            }
        ),
        ["file of a contract"] = ([$"{Noted}.json", $"{Noted}.3.json", $"{Noted}.unshipped.json"], text => ContractFileName.Parse(text)),
        ["content type"] = (
            ["application/json; charset=\"utf-8\"", "application/cloudevents+json"],
            text => (JsonMediaType.Is(text, JsonMediaType.Json), StructuredMode.Is(text)).ToString()),
        ["sealed text"] = (
            [Key.Seal("table/column", "ada@example.org")],
            text => Refused<CryptographicException>(() => Key.Open("table/column", text))),
        ["text for a terminal"] = (
            ["a key\tof somebody\n\u00e9"],
            text =>
            {
                Assert.DoesNotContain(PrintableText.OneLine(text), char.IsControl);
                Assert.DoesNotContain(PrintableText.Lines(text), c => char.IsControl(c) && c is not '\n' and not '\t');
            }
        ),
        ["text of an error"] = (
            ["Ada <ada@example.org> called +49 30 1234567 on 2026-11-23 10:00:00 about 0190a1b2-0000-7000-8000-0000000000aa"],
            text =>
            {
                Assert.DoesNotContain('\0', ScrubbedText.Of(text));
                _ = StrictUtf8.GetByteCount(ScrubbedText.Of(text));
            }
        ),
    };

    private const string Noted = "test.notes.number-noted.v1";
    private const string SignedSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    public static TheoryData<string> Names => [.. Readers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public Task A_text_is_read_or_refused(string reader)
    {
        var (valid, read) = Readers[reader];
        foreach (var text in valid)
        {
            read(text);
        }

        return FuzzRun.RunAsync(Cases, fuzz => read(fuzz.Says(fuzz.Text(fuzz.Pick(valid)))));
    }

    private static void Refused<TException>(Action read)
        where TException : Exception
    {
        try
        {
            read();
        }
        catch (TException exception)
        {
            Assert.NotEmpty(exception.Message);
        }
    }

    private static bool IsVisible(string text, int maxLength) =>
        text.Length <= maxLength && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static void ReadWebhook(string text)
    {
        var headers = new HeaderDictionary();
        foreach (var (name, value) in ((string[])[
            WebhookHeaders.IdName, WebhookHeaders.TimestampName, WebhookHeaders.SignatureName]).Zip(text.Split('|')))
        {
            headers.Append(name, value);
        }

        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var read = WebhookHeaders.Read(headers, Now, errors);
        Assert.Equal(read is null, errors.Count > 0);
        _ = read?.SignedContent("body"u8);
    }
}
