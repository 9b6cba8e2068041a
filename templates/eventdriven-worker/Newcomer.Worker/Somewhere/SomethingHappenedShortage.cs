using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging.Validation;

namespace Newcomer.Namespace.Worker.Somewhere;

/// <summary>What Newcomer reads of a shortage of SomethingHappened.</summary>
internal sealed record SomethingHappenedShortage(
    [PlainText(64)] string Sku, [Range(1, 1_000_000)] int Requested, [Range(0, int.MaxValue)] int Available);
