using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Benchmarks;

/// <summary>A minimal generator, which only finds the contracts, so that its time is that of the compiler.</summary>
public sealed class AttributeOnlyGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var names = context.SyntaxProvider.ForAttributeWithMetadataName(
            "TypedSocketRedis.SocketEventsAttribute", static (_, _) => true, static (c, _) => c.TargetSymbol.Name);
        context.RegisterSourceOutput(names, static (output, name) => output.AddSource(name, "// " + name));
    }
}
