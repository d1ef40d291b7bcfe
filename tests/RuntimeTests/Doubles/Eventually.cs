using System.Diagnostics;
using Xunit;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>Waits for conditions.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>Completes when a condition holds.</summary>
    public static async Task TrueAsync(Func<bool> condition, Func<string> describe)
    {
        var waited = Stopwatch.StartNew();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            if (waited.Elapsed > Patience) Assert.Fail($"It did not happen within {Patience}:\n{describe()}");
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
