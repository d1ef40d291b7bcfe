using System.Diagnostics;
using System.Globalization;
using TypedSocketRedis.Tests.Fuzz;

namespace TypedSocketRedis.Benchmarks;

/// <summary>The fuzz run of the tests at its full length: <c>fuzz --messages 10000000 --seed 1</c>.</summary>
internal static class FuzzCommand
{
    /// <returns>0 if no fault was found, otherwise 1.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var messages = Number(args, "--messages", 10_000_000);
        var seed = (int)Number(args, "--seed", 1);
        var start = Stopwatch.GetTimestamp();
        var report = await FuzzRun.RunAsync(messages, seed, done =>
        {
            if (done % 1_000_000 == 0)
                Console.Error.WriteLine(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{done:#,0} messages, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
        });
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(report);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture,
                $"seed {seed}; {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s; at most {process.PeakWorkingSet64 / (1024 * 1024):#,0} MiB of memory"));
        return report.Faults.Count == 0 ? 0 : 1;
    }

    private static long Number(string[] args, string name, long otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? long.Parse(args[at + 1], CultureInfo.InvariantCulture)
            : otherwise;
}
