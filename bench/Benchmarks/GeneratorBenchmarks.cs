using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedSocketRedis.Generator;

namespace TypedSocketRedis.Benchmarks;

/// <summary>The generator over 100 contracts with 1,000 payload types: a full run, and a run after an unrelated edit.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private readonly SyntaxTree[] _files = GeneratorSources.Parse();
    private CSharpCompilation _fresh = null!;
    private CSharpCompilation _edited = null!;
    private GeneratorDriver _warm = null!;
    private int _version;

    [IterationSetup(Target = nameof(Cold))]
    public void PrepareCold() => _fresh = GeneratorSources.Compile(_files);

    [IterationSetup(Target = nameof(UnrelatedEdit))]
    public void PrepareEdit()
    {
        var compilation = GeneratorSources.Compile(_files);
        _warm = Driver().RunGenerators(compilation);
        _edited = compilation.ReplaceSyntaxTree(_files[^1], GeneratorSources.Unrelated(++_version));
    }

    [Benchmark(Description = "cold: a new compilation, nothing cached")]
    public GeneratorDriver Cold() => Driver().RunGenerators(_fresh);

    [Benchmark(Description = "after an edit in a file without contracts")]
    public GeneratorDriver UnrelatedEdit() => _warm.RunGenerators(_edited);

    internal static GeneratorDriver Driver() =>
        GeneratorSources.Driver(new BroadcastGenerator().AsSourceGenerator(), new TypeScriptGenerator().AsSourceGenerator());
}
