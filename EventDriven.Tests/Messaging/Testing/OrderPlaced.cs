using System.ComponentModel.DataAnnotations;

namespace EventDriven.Tests.Messaging.Testing;

internal sealed record OrderPlaced(string OrderId, [Range(1, 100)] int Quantity = 1);
