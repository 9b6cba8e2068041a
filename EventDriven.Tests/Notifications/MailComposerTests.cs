using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using MimeKit;
using Notifications.Worker.Messages;
using Notifications.Worker.Sending;

namespace EventDriven.Tests.Notifications;

[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class MailComposerTests
{
    /// <summary>A composer lives as long as its service; a mail only until it is sent.</summary>
    [Fact]
    public void A_composer_holds_on_to_no_mail()
    {
        var composer = new MailComposer(Options.Create(new MailOptions()));

        var mail = Composed(composer);

        GC.Collect();
        Assert.False(mail.IsAlive);
        GC.KeepAlive(composer);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Composed(MailComposer composer)
    {
        var now = TimeProvider.System.GetUtcNow();
        using MimeMessage mail = composer.Compose(
            new DueMessage(
                Guid.CreateVersion7(now), "1", MessageKind.Welcome, "Welcome", "Hello", 0, now, "test", null,
                "eve@customers.example", null))!;
        Assert.Equal("eve@customers.example", Assert.Single(mail.To.Mailboxes).Address);
        return new WeakReference(mail);
    }
}
