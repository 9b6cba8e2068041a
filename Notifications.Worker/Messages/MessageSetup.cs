using Notifications.Worker.Contacts;

namespace Notifications.Worker.Messages;

internal static class MessageSetup
{
    public static void AddMessages(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<ContactBook>();
        builder.Services.AddScoped<MessageWriter>();
    }
}
