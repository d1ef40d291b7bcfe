using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Where in a payload a type is: <c>Order.Lines[].Handler</c>.</summary>
/// <param name="Text">The path, for messages.</param>
/// <param name="Place">The last property on it that has source.</param>
/// <param name="Depth">How many types lie around it.</param>
internal sealed record ShapePath(string Text, Location? Place, int Depth)
{
    public ShapePath Element(ITypeSymbol container) =>
        this with { Text = container is IArrayTypeSymbol && Depth == 0 ? Text : Text + "[]", Depth = Depth + 1 };

    public ShapePath Member(ISymbol member) =>
        new(Text + "." + member.Name, member.Locations.FirstOrDefault(l => l.IsInSource) ?? Place, Depth + 1);

    public ShapePath Item(int index) => this with { Text = $"{Text}[{index}]", Depth = Depth + 1 };

    public ShapePath Variant(ITypeSymbol type) => this with { Text = type.Name, Depth = Depth + 1 };

    public ShapeException Refuse(string reason, DiagnosticDescriptor? descriptor = null) =>
        new(Text, reason, Place, descriptor ?? Descriptors.Payload);

    public ShapeException CompilerError() => new(Text, "", Place, null);
}
