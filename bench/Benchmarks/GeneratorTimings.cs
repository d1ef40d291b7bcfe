using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Benchmarks;

/// <summary>The figures of <see cref="GeneratorBenchmarks"/> in wall-clock and processor time, with the first run of a process.</summary>
internal static class GeneratorTimings
{
    private const int Runs = 15;

    public static void Run()
    {
        var files = GeneratorSources.Parse();
        var compilation = GeneratorSources.Compile(files);
        var (first, sample) = Measure(GeneratorBenchmarks.Driver(), compilation);
        var outputs = first.GetRunResult().GeneratedTrees;
        if (outputs.IsEmpty) throw new InvalidOperationException("The generator found no contract; a reference is missing.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{files.Length} files in, {outputs.Length} files with {outputs.Sum(t => t.Length):n0} characters out"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first run of the process: {sample.Wall:n0} ms"));

        Report("cold", Cold(files, GeneratorBenchmarks.Driver));
        Report("unrelated edit", Edits(files, GeneratorBenchmarks.Driver));

        static GeneratorDriver Least() => GeneratorSources.Driver(new AttributeOnlyGenerator().AsSourceGenerator());
        Report("cold, a generator that only finds the contracts", Cold(files, Least));
        Report("unrelated edit, a generator that only finds the contracts", Edits(files, Least));
    }

    private static IEnumerable<Sample> Cold(SyntaxTree[] files, Func<GeneratorDriver> create)
    {
        for (var run = 0; run < Runs; run++) yield return Measure(create(), GeneratorSources.Compile(files)).Sample;
    }

    // The compiler binds the edited compilation in any case; it has done so before the measurement, as in an editor.
    private static IEnumerable<Sample> Edits(SyntaxTree[] files, Func<GeneratorDriver> create)
    {
        var compilation = GeneratorSources.Compile(files);
        var driver = create().RunGenerators(compilation);
        var last = files[^1];
        for (var version = 1; version <= Runs; version++)
        {
            var next = GeneratorSources.Unrelated(version);
            compilation = compilation.ReplaceSyntaxTree(last, next);
            last = next;
            compilation.GetDiagnostics();
            (driver, var sample) = Measure(driver, compilation);
            yield return sample;
        }
    }

    private static (GeneratorDriver Driver, Sample Sample) Measure(GeneratorDriver driver, Compilation compilation)
    {
        GC.Collect();
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        driver = driver.RunGenerators(compilation);
        return (driver, new(watch.Elapsed.TotalMilliseconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds));
    }

    private static void Report(string what, IEnumerable<Sample> runs)
    {
        var samples = runs.ToArray();
        var (wall, processor) = (samples.Select(s => s.Wall).Order().ToArray(), samples.Select(s => s.Processor).Order().ToArray());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: median {wall[Runs / 2]:n1} ms, best {wall[0]:n1}, worst {wall[^1]:n1}; processor time {processor[Runs / 2]:n1}"));
    }

    private readonly record struct Sample(double Wall, double Processor);
}
