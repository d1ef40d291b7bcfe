using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Benchmarks;

/// <summary>The least a generator can do: finds the contracts and does nothing with them. What is left is the compiler's own time.</summary>
public sealed class AttributeOnlyGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var names = context.SyntaxProvider.ForAttributeWithMetadataName(
            "TypedSocketRedis.SocketEventsAttribute", static (_, _) => true, static (c, _) => c.TargetSymbol.Name);
        context.RegisterSourceOutput(names, static (output, name) => output.AddSource(name, "// " + name));
    }
}
