using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator;

/// <summary>Writes the event methods and payload formatters of every contract.</summary>
[Generator]
public sealed class BroadcastGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
    }
}
