using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Database;

/// <summary>Starts a command over when somebody else changed the same order meanwhile.</summary>
internal static class OptimisticRetry
{
    // An order changes its state twice at most after it was placed, so that nobody loses more often than that.
    private const int Attempts = 4;

    /// <summary>Runs <paramref name="attempt"/>, which loads, changes and saves.</summary>
    /// <exception cref="DbUpdateException">Every attempt lost, or the save failed for another reason.</exception>
    public static async Task<T> RetryLostRacesAsync<T>(this CheckoutDbContext database, Func<Task<T>> attempt)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                return await attempt();
            }
            catch (DbUpdateException exception) when (number < Attempts && IsLostRace(exception))
            {
                database.ChangeTracker.Clear();
            }
        }
    }

    // The other one's change shows as a new version of the order or, when that statement comes first, as a step with the same number.
    private static bool IsLostRace(DbUpdateException exception) =>
        exception is DbUpdateConcurrencyException || exception.IsDuplicateOn("order_history");
}
