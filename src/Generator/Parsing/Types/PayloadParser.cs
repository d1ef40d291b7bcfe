using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing.Types;

/// <summary>Parses types with <c>[SocketPayload]</c>, which get a formatter even if no contract uses them.</summary>
internal static class PayloadParser
{
    public static Parsed Parse(INamedTypeSymbol type, TypeShapeParser types, IAssemblySymbol assembly)
    {
        var problems = new Problems(assembly);
        if (Symbols.IsGeneric(type)) problems.Add(Descriptors.GenericPayload, problems.Source(type), null, type.DisplayWithoutNull());
        if (types.Parse(type, type, new(problems, problems.Source(type))) is not { } value || !problems.IsEmpty)
            return new(null, false, new([]), problems.All);

        var formatters = value.Kind == ValueKind.Enum
            ? types.Formatters.Append(new NumberModel(FormatterNames.Of(type) + types.Options.Tag, value.Type, value.EnumNumber))
            : types.Formatters;
        return new(null, Symbols.IsPublic(type), new(formatters), new([]));
    }
}
