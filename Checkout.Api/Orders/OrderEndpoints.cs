using Checkout.Api.Orders.Cancelling;
using Checkout.Api.Orders.Placing;
using Checkout.Api.Orders.Reading;
using Checkout.Api.Orders.Watching;
using EventDriven.Identity;

namespace Checkout.Api.Orders;

/// <summary>Everything under <c>/orders</c>.</summary>
internal static class OrderEndpoints
{
    public static WebApplication MapOrders(this WebApplication app)
    {
        var orders = app.MapGroup("/orders").WithTags("Orders").RequireAuthorization(Scopes.Orders);
        orders.MapPlaceOrder();
        orders.MapReadOrders();
        orders.MapWatchOrder();
        orders.MapCancelOrder();
        return app;
    }
}
