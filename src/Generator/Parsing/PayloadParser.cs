using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Parses types with <c>[SocketPayload]</c>, which get a formatter even if no contract uses them.</summary>
internal static class PayloadParser
{
    public static Parsed Parse(INamedTypeSymbol type, TypeShapeParser types)
    {
        try
        {
            for (var t = type; t is not null; t = t.ContainingType)
                if (t.Arity > 0)
                    throw new ShapeException(
                        type.Name,
                        "it has type parameters: use it with type arguments in a contract or in another payload",
                        null,
                        Descriptors.Payload);
            var value = types.Parse(type);
            var formatters = value.Kind == ValueKind.Enum
                ? types.Formatters.Append(new NumberModel(FormatterNames.Of(type), value.Type, value.EnumNumber))
                : types.Formatters;
            return new(null, Symbols.IsPublic(type), new(formatters), new([]));
        }
        catch (ShapeException e)
        {
            var at = LocationInfo.From(type.Locations.FirstOrDefault(l => l.IsInSource));
            return new(null, false, new([]), e.IsCompilerError
                ? new([])
                : new([new(e.Descriptor.Id, at, LocationInfo.From(e.Place), new([e.Path, e.Message]))]));
        }
    }
}
