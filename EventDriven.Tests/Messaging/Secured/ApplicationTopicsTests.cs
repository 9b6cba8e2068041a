using EventDriven.Hosting;
using EventDriven.Hosting.Kafka;

namespace EventDriven.Tests.Messaging.Secured;

/// <summary>What an AppHost says of a broker that turns it away while it creates the application's topics.</summary>
[Collection(SecuredCollection.Name)]
public sealed class ApplicationTopicsTests(SecuredKafka kafka)
{
    private static readonly KafkaTopic[] Topics = [new("appointments.v1", 1)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_password_is_told()
    {
        SecuredKafka.Require();

        var refused = await Assert.ThrowsAsync<HostingException>(
            () => KafkaTopics.ExistAsync(kafka.Connection("plain", "Plain", "wr0ng-s3cret"), Topics, Token));

        Assert.Contains("correct user, password", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_with_another_certificate_is_told()
    {
        SecuredKafka.Require();
        using var another = new TestAuthority();

        var refused = await Assert.ThrowsAsync<HostingException>(() => KafkaTopics.ExistAsync(
            kafka.Connection("plain", "Plain", authority: kafka.Write("other.pem", another.Pem)), Topics, Token));

        Assert.Contains("certificate verify failed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_right_is_told_and_whoever_has_it_creates_the_topic()
    {
        SecuredKafka.Require();
        await kafka.SetPasswordAsync("guest", SecuredKafka.Password);

        var refused = await Assert.ThrowsAsync<HostingException>(
            () => KafkaTopics.ExistAsync(kafka.Connection("guest", "ScramSha512"), Topics, Token));

        Assert.Contains("the topic appointments.v1", refused.Message, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => KafkaTopics.ExistAsync(kafka.AdministratorConnection, Topics, Token));
    }
}
