using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging.Validation;

namespace Newcomer.Namespace.Worker.Somewhere;

/// <summary>What Newcomer reads of a line of SomethingHappened.</summary>
//#if (hasUnitPrice)
internal sealed record SomethingHappenedLine(
    [PlainText(64)] string Sku, [Range(1, 10_000)] int Quantity, [Numeric(14, 2)] decimal UnitPrice);
//#else
internal sealed record SomethingHappenedLine([PlainText(64)] string Sku, [Range(1, 1_000_000)] int Quantity);
//#endif
