using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Benchmarks;

/// <summary>The figures of <see cref="GeneratorBenchmarks"/> by stopwatch, the very first run of a process included.</summary>
internal static class GeneratorTimings
{
    private const int Runs = 15;

    public static void Run()
    {
        var files = GeneratorSources.Parse();
        var first = Cold(files);
        var outputs = first.Driver.GetRunResult().GeneratedTrees;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{files.Length} files in, {outputs.Length} files with {outputs.Sum(t => t.Length):n0} characters out"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first run of the process: {first.Milliseconds:n0} ms"));
        Report("cold", Enumerable.Range(0, Runs).Select(_ => Cold(files).Milliseconds));
        Report("unrelated edit, as after any change", Edits(files));
        Report("unrelated edit, compilation bound before", Edits(files, bind: true));
    }

    private static IEnumerable<double> Edits(SyntaxTree[] files, bool bind = false)
    {
        var compilation = GeneratorSources.Compile(files);
        var driver = GeneratorBenchmarks.Driver().RunGenerators(compilation);
        var last = files[^1];
        for (var version = 1; version <= Runs; version++)
        {
            var next = GeneratorSources.Unrelated(version);
            compilation = compilation.ReplaceSyntaxTree(last, next);
            last = next;
            if (bind) compilation.GetDiagnostics();
            var watch = Stopwatch.StartNew();
            driver = driver.RunGenerators(compilation);
            yield return watch.Elapsed.TotalMilliseconds;
        }
    }

    private static (GeneratorDriver Driver, double Milliseconds) Cold(SyntaxTree[] files)
    {
        var compilation = GeneratorSources.Compile(files);
        var driver = GeneratorBenchmarks.Driver();
        var watch = Stopwatch.StartNew();
        driver = driver.RunGenerators(compilation);
        return (driver, watch.Elapsed.TotalMilliseconds);
    }

    private static void Report(string what, IEnumerable<double> runs)
    {
        var sorted = runs.Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: median {sorted[sorted.Length / 2]:n1} ms, best {sorted[0]:n1}, worst {sorted[^1]:n1}"));
    }
}
