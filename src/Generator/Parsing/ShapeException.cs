using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>A type that cannot be a payload, found somewhere inside another; never leaves the parse step.</summary>
/// <param name="path">How it is reached from the parameter's type, for example <c>Order.Lines.Handler</c>.</param>
/// <param name="reason">What is wrong with it.</param>
/// <param name="place">The property in the payload's source.</param>
/// <param name="descriptor">The diagnostic it becomes; none when the compiler reports it already.</param>
internal sealed class ShapeException(string path, string reason, Location? place, DiagnosticDescriptor? descriptor) : Exception(reason)
{
    public DiagnosticDescriptor Descriptor { get; } = descriptor ?? Descriptors.Payload;

    public string Path { get; } = path;

    public Location? Place { get; } = place;

    public bool IsCompilerError { get; } = descriptor is null;
}
