using System.Collections;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace EventDriven.Tests;

/// <summary>Bounded waiting for a condition, instead of sleeping and hoping.</summary>
public static class Eventually
{
    private const int MaxShown = 20;
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <summary>
    /// Returns when the condition holds; fails the test, naming the condition, when it doesn't in time (30 s unless told).
    /// </summary>
    public static Task TrueAsync(
        Func<bool> condition, TimeSpan? timeout = null, [CallerArgumentExpression(nameof(condition))] string expression = "") =>
        TrueAsync(() => Task.FromResult(condition()), timeout, expression);

    /// <inheritdoc cref="TrueAsync(Func{bool}, TimeSpan?, string)"/>
    public static async Task TrueAsync(
        Func<Task<bool>> condition, TimeSpan? timeout = null, [CallerArgumentExpression(nameof(condition))] string expression = "")
    {
        var bound = timeout ?? DefaultTimeout;
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > bound)
            {
                Assert.Fail($"Not true within {bound.TotalSeconds} s: {expression}");
            }

            await Task.Delay(Interval, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The value, as soon as it is what the condition wants; else fails the test with the last value seen.</summary>
    public static async Task<T> GetAsync<T>(
        Func<Task<T>> read, Func<T, bool> condition, TimeSpan? timeout = null,
        [CallerArgumentExpression(nameof(condition))] string expression = "")
    {
        var bound = timeout ?? DefaultTimeout;
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var value = await read();
            if (condition(value))
            {
                return value;
            }

            if (Stopwatch.GetElapsedTime(started) > bound)
            {
                Assert.Fail($"Not true within {bound.TotalSeconds} s: {expression}; the last value was {Shown(value)}");
            }

            await Task.Delay(Interval, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    // A list says nothing of itself but its type.
    private static string Shown(object? value) => value is IEnumerable values and not string
        ? $"[{string.Join(", ", values.Cast<object>().Take(MaxShown))}]"
        : $"{value}";
}
