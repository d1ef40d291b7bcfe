using System.Diagnostics;
using Xunit;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>Helper methods that wait for conditions.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>Completes when a condition is true, and fails after 40 seconds.</summary>
    public static Task TrueAsync(Func<bool> condition, Func<string> describe) =>
        TrueAsync(() => Task.FromResult(condition()), describe);

    /// <inheritdoc cref="TrueAsync(Func{bool}, Func{string})"/>
    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> describe)
    {
        var waited = Stopwatch.StartNew();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            if (waited.Elapsed > Patience) Assert.Fail($"The condition was not true within {Patience}:\n{describe()}");
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
