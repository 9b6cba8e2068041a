using Inventory.Worker.Reservations.Expiry;
using Inventory.Worker.Reservations.Hold;
using Inventory.Worker.Stock;

namespace Inventory.Worker.Reservations;

internal static class ReservationSetup
{
    public static void AddReservations(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ReservationOptions>()
            .BindConfiguration(ReservationOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddScoped<StockLedger>();
        builder.Services.AddScoped<ReservationBook>();
        builder.Services.AddScoped<HoldStock>();
        builder.Services.AddScoped<ExpiredHolds>();
        builder.Services.AddHostedService<HoldSweep>();
    }
}
