using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>The exception for a type inside another that cannot be a payload. It is always caught in the parse step.</summary>
/// <param name="path">The path from the parameter's type, for example <c>Order.Lines.Handler</c>.</param>
/// <param name="reason">The reason.</param>
/// <param name="place">The property in the payload's source.</param>
/// <param name="descriptor">The descriptor of its diagnostic, or null if the compiler already reports it.</param>
internal sealed class ShapeException(string path, string reason, Location? place, DiagnosticDescriptor? descriptor) : Exception(reason)
{
    public DiagnosticDescriptor Descriptor { get; } = descriptor ?? Descriptors.Payload;

    public string Path { get; } = path;

    public Location? Place { get; } = place;

    public bool IsCompilerError { get; } = descriptor is null;
}
