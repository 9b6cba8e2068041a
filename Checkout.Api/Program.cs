using Checkout.Api;
using Checkout.Api.Customers;
using Checkout.Api.Database;
using Checkout.Api.Http;
using Checkout.Api.Orders;
using Checkout.Api.Payments;
using Checkout.Api.Stock;
using EventDriven.Messaging.Tasks;
using EventDriven.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddCheckoutDatabase();
builder.AddCheckoutEvents();
builder.AddCheckoutHttp();
builder.AddInventoryClient();
builder.AddOrders();
builder.AddPayments();

var app = builder.Build();
app.UseServiceDefaults();
app.UseCheckoutHttp();
app.MapDefaultEndpoints();
app.MapApiReference();
app.MapOrders();
app.MapPayments();
app.MapCustomers();
return await app.RunServiceAsync(args);
