using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>The place of a type in a payload: <c>Order.Lines[].Handler</c>.</summary>
/// <param name="Text">The path, for messages.</param>
/// <param name="Place">The last property on it that has source.</param>
/// <param name="Depth">The number of types around it.</param>
internal sealed record ShapePath(string Text, Location? Place, int Depth)
{
    /// <summary>The type whose members come next, as long as there is no member on the path.</summary>
    private string? Root { get; init; }

    /// <summary>Returns the path of the type of a parameter or of a marked payload.</summary>
    public static ShapePath Of(ITypeSymbol type) => new(type.Display(), null, 0) { Root = type.Display() };

    /// <summary>Returns the path of an element; the type of a parameter shows that it has elements.</summary>
    public ShapePath Element(ITypeSymbol element) => Root is null
        ? this with { Text = Text + "[]", Depth = Depth + 1 }
        : this with { Root = element.Display(), Depth = Depth + 1 };

    public ShapePath Member(ISymbol member) =>
        new((Root ?? Text) + "." + member.Name, member.Locations.FirstOrDefault(l => l.IsInSource) ?? Place, Depth + 1);

    public ShapePath Item(int index) => this with { Text = $"{Text}[{index}]", Depth = Depth + 1, Root = null };

    public ShapePath Variant(ITypeSymbol type) => this with { Text = type.Name, Depth = Depth + 1, Root = null };

    public ShapeException Refuse(string reason, DiagnosticDescriptor? descriptor = null) =>
        new(Text, reason, Place, descriptor ?? Descriptors.Payload);

    /// <summary>Returns the refusal of a type that contains larger versions of itself without end; what repeats is named once.</summary>
    public ShapeException Endless() => new(OnceThrough(), "its types never end", Place, Descriptors.Payload);

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
