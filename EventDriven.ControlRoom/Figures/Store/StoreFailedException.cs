namespace EventDriven.ControlRoom.Figures.Store;

/// <summary>The metrics store gave no figures.</summary>
/// <param name="message">Why, and what to do, for the page.</param>
/// <param name="inner">What was behind it.</param>
internal sealed class StoreFailedException(string message, Exception? inner = null) : Exception(message, inner);
