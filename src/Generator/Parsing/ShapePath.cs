using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>The path of a type in a payload: <c>Order.Lines[].Handler</c>.</summary>
/// <param name="Text">The path, for messages.</param>
/// <param name="Place">The location of the last property on it that has source.</param>
/// <param name="Depth">The number of containing types.</param>
internal sealed record ShapePath(string Text, Location? Place, int Depth)
{
    /// <summary>The type whose members follow, while there is no member on the path.</summary>
    private string? Root { get; init; }

    /// <summary>Returns the path of the type of a parameter or of a marked payload.</summary>
    public static ShapePath Of(ITypeSymbol type) => new(type.Display(), null, 0) { Root = type.Display() };

    /// <summary>Returns the path of an element. It is not marked for a parameter, whose type shows that it has elements.</summary>
    public ShapePath Element(ITypeSymbol element) => Root is null
        ? this with { Text = Text + "[]", Depth = Depth + 1 }
        : this with { Root = element.Display(), Depth = Depth + 1 };

    public ShapePath Member(ISymbol member) =>
        new((Root ?? Text) + "." + member.Name, member.Locations.FirstOrDefault(l => l.IsInSource) ?? Place, Depth + 1);

    public ShapePath Item(int index) => this with { Text = $"{Text}[{index}]", Depth = Depth + 1, Root = null };

    public ShapePath Variant(ITypeSymbol type) => this with { Text = type.Name, Depth = Depth + 1, Root = null };

    public ShapeException Refuse(string reason, DiagnosticDescriptor? descriptor = null) =>
        new(Text, reason, Place, descriptor ?? Descriptors.Payload);

    /// <summary>
    /// Returns the exception for a type that contains ever larger versions of itself, with the repeated part of the path only once.
    /// </summary>
    public ShapeException Endless() => new(OnceThrough(), "it contains ever larger types without end", Place, Descriptors.Payload);

    public ShapeException CompilerError() => new(Text, "", Place, null);

    private string OnceThrough()
    {
        var parts = Text.Split('.');
        for (var length = 1; length < parts.Length; length++)
        {
            for (var period = 1; period <= length; period++)
            {
                if (parts.Length - length >= period && IsRepeated(parts, length - period, period))
                    return string.Join(".", parts.Take(length));
            }
        }

        return Text;
    }

    private static bool IsRepeated(string[] parts, int start, int period)
    {
        for (var i = start + period; i < parts.Length; i++)
            if (Name(parts[i]) != Name(parts[i - period])) return false;
        return true;
    }

    private static string Name(string part) => part.TrimEnd('[', ']');
}
