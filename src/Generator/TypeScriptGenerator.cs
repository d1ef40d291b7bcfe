using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Emitting;
using TypedSocketRedis.Generator.Parsing;

namespace TypedSocketRedis.Generator;

/// <summary>Carries the TypeScript of all contracts of a project, for the build to write it to a file.</summary>
/// <remarks>
/// Asked for by the build property <c>SocketEventsTypeScriptOut</c>; without it nothing is looked at. As an implementation
/// output it is passed over by IDEs, so that the whole compilation may be its input: it is read once per build.
/// </remarks>
[Generator]
public sealed class TypeScriptGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var isWanted = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
            options.GlobalOptions.TryGetValue(KnownNames.TypeScriptOut, out var folder) && folder.Length > 0);

        var project = context.CompilationProvider.Combine(isWanted)
            .Select(static (c, ct) => c.Right ? TypeScriptParser.Parse(c.Left, ct) : null)
            .WithTrackingName(KnownNames.TypeScriptStep);

        context.RegisterImplementationSourceOutput(project, static (output, p) =>
        {
            if (p is not null) output.AddSource(KnownNames.TypeScriptHint, TypeScriptCarrier.Emit(p));
        });
    }
}
