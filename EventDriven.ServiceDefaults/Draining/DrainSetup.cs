using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventDriven.ServiceDefaults.Draining;

/// <summary>Lets an instance leave its load balancer before it ends.</summary>
internal static class DrainSetup
{
    public static void AddDrain(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<DrainOptions>()
            .Configure<IHostEnvironment>((options, environment) =>
            {
                // Nobody balances there, and whoever stops a service wants it to end.
                if (environment.IsDevelopment())
                {
                    options.Delay = TimeSpan.Zero;
                }
            })
            .BindConfiguration(DrainOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        // What is in hand keeps all of its time.
        builder.Services.AddOptions<HostOptions>().PostConfigure<IOptions<DrainOptions>>(
            (host, drain) => host.ShutdownTimeout += drain.Value.Delay);
        builder.Services.AddSingleton<Drain>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Drain>());
        builder.Services.AddHealthChecks().AddCheck<DrainHealth>("ending");
    }
}
