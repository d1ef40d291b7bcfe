using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Emitting.TypeScript;
using TypedSocketRedis.Generator.Parsing;

namespace TypedSocketRedis.Generator;

/// <summary>Writes a source with the TypeScript of all contracts of a project, which the build extracts to a file.</summary>
/// <remarks>
/// Enabled by the build property <c>SocketEventsTypeScriptOut</c>; without it nothing is parsed. IDEs skip it because it is an
/// implementation output, so its input can be the whole compilation: it is read once per build.
/// </remarks>
[Generator]
public sealed class TypeScriptGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // The parser of the clients, or null if no file is wanted.
        var parser = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
            !options.GlobalOptions.TryGetValue(KnownNames.TypeScriptOut, out var folder) || folder.Length == 0 ? null
            : options.GlobalOptions.TryGetValue(KnownNames.TypeScriptParser, out var parser) ? parser : "");

        var project = context.CompilationProvider.Combine(parser)
            .Select(static (c, ct) => c.Right is { } parser ? TypeScriptParser.Parse(c.Left, ct) with { Parser = parser } : null)
            .WithTrackingName(KnownNames.TypeScriptStep);

        context.RegisterImplementationSourceOutput(project, static (output, p) =>
        {
            if (p is not null) output.AddSource(KnownNames.TypeScriptHint, TypeScriptCarrier.Emit(p));
        });
    }
}
