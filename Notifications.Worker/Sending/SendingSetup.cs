using MimeKit;
using Notifications.Worker.Sending.Files;
using Notifications.Worker.Sending.Smtp;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Notifications.Worker.Sending;

internal static class SendingSetup
{
    /// <summary>Registers sending: by SMTP if there is a connection string <c>smtp</c>, otherwise into files.</summary>
    public static void AddSending(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<MailOptions>()
            .BindConfiguration(MailOptions.Section)
            .ValidateDataAnnotations()
            .Validate(mail => MailboxAddress.TryParse(mail.From, out _), "Mail:From is not an e-mail address.")
            .Validate(
                mail => mail.Lease > 2 * mail.Timeout, "Mail:Lease must be longer than two Mail:Timeout, or a batch ends before it begins.")
            .ValidateOnStart();

        if (builder.Configuration.GetConnectionString("smtp") is { Length: > 0 } smtp)
        {
            builder.Services.AddSingleton<IMailTransport>(new SmtpTransport(SmtpServer.Parse(smtp)));
        }
        else
        {
            builder.Services.AddSingleton<IMailTransport, FileTransport>();
        }

        builder.Services.AddSingleton<MailSignal>();
        builder.Services.AddSingleton<MailComposer>();
        builder.Services.AddSingleton<MailTelemetry>();
        builder.Services.AddScoped<MailQueue>();
        builder.Services.AddSingleton<Recipients>();
        builder.Services.AddScoped<MailBatch>();
        builder.Services.AddScoped<MailWithdrawal>();
        builder.Services.AddHostedService<MailSender>();
        builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(MailTelemetry.Name));
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(MailTelemetry.Name));
    }
}
