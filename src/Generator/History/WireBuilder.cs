using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing;
using TypedSocketRedis.Generator.Parsing.Contracts;
using TypedSocketRedis.Generator.Parsing.Types;

namespace TypedSocketRedis.Generator.History;

/// <summary>Creates the wire form of a contract from its models.</summary>
internal sealed class WireBuilder
{
    private const string Global = "global::";

    private readonly TypeShapeParser _types;
    private readonly Dictionary<string, FormatterModel> _formatters;
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WireShape?> _shapes = new(StringComparer.Ordinal);

    private WireBuilder(TypeShapeParser types, Parsed parsed)
    {
        _types = types;
        _formatters = parsed.Formatters.ToDictionary(f => f.Name, StringComparer.Ordinal);
    }

    /// <summary>Gets the C# types of the shapes, by the names of the latter.</summary>
    public Dictionary<string, ITypeSymbol> Symbols { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the C# names of properties, by the names of their shapes and their own names on the wire.</summary>
    public Dictionary<(string Shape, string Member), string> Members { get; } = [];

    /// <summary>Returns the wire form of a contract without problems, and the builder with the C# names of its parts.</summary>
    public static (WireContract Contract, WireBuilder Names) Build(INamedTypeSymbol symbol, Parsed parsed, TypeShapeParser types)
    {
        var builder = new WireBuilder(types, parsed);
        var model = parsed.Contract!;
        var path = PayloadAttributes.Text(ContractParser.Attribute(symbol)) ?? "";
        var events = model.Events.Select(e => builder.Event(e, model)).ToDictionary(e => e.Name, StringComparer.Ordinal);
        var shapes = builder._shapes.Values.ToDictionary(s => s!.Name, s => s!, StringComparer.Ordinal);
        var direction = model.Direction.ToString().ToLowerInvariant();
        return (new(direction, "/" + path.TrimStart('/'), model.ErrorFirstAcks, events, shapes), builder);
    }

    private WireEvent Event(EventModel e, ContractModel contract)
    {
        var sent = e.Parameters.Where(p => p.Value is not null).ToArray();
        var arguments = sent.Select((p, i) => p.Rest is { } element
            ? new WireSlot("", Use(element)) { IsRest = true, IsOptional = true, IsAbsent = true }
            : new WireSlot("", Use(p.Value!))
            {
                IsOptional = p.Default.Length > 0 || p.Value!.IsNullable || p.Value.CanBeNil,
                IsAbsent = contract.Direction == ContractDirection.Events && e.Ack is null
                    && sent.Skip(i).All(q => q is { Default: "default", Value.IsNullable: true }),
            });
        return new(e.WireName, [.. arguments],
            e.Ack is null ? null : new("", Use(e.Ack)) { IsOptional = e.Ack.IsNullable || e.Ack.CanBeNil });
    }

    private WireType Use(ValueModel value) => Type(value) with { IsNullable = value.IsNullable };

    private WireType Type(ValueModel value) => value.Kind switch
    {
        ValueKind.Formatter => Formatter(value.Codec),
        ValueKind.Enum => Number(value.Type),
        _ => new(WireNames.Of(value.Codec)),
    };

    private WireType Formatter(string formatter)
    {
        var model = _formatters[formatter];
        if (model is OptionalModel optional) return Use(optional.Value);
        if (model is ObjectModel or EnumModel or UnionModel or CustomModel) return new(Declare(formatter, model));

        // A collection that contains itself gets a name.
        var name = Name(formatter);
        if (!_open.Add(formatter))
        {
            _shapes[name] = null;
            return new(name);
        }

        var type = model switch
        {
            SequenceModel sequence => new WireType(WireType.Array, Use(sequence.Element)),
            MapModel map => new WireType(WireType.Map, Key(map.Key), Use(map.Element)),
            TupleModel tuple => new WireType(WireType.Tuple, [.. tuple.Items.Select(Use)]),
            ResultModel result => new WireType(WireType.Result, Use(result.Data), Use(result.Error)),
            _ => new WireType(name),
        };
        _open.Remove(formatter);
        if (!_shapes.ContainsKey(name)) return type;
        _shapes[name] = new WireAlias(name, type);
        return new(name);
    }

    private WireType Key(KeyModel key) => key.Kind switch
    {
        KeyKind.Enum => Number(key.Type),
        KeyKind.EnumText or KeyKind.Custom => Formatter(key.Codec),
        _ => new(WireNames.Of(key.Codec.Length > 0 ? key.Codec : "String")),
    };

    private WireType Number(string code)
    {
        var type = (INamedTypeSymbol)_types.Types[code];
        var name = code.Replace(Global, "");
        if (!_shapes.ContainsKey(name))
        {
            Symbols[name] = type;
            _shapes.Add(name, new WireEnum(name, WireNames.Of(type.EnumUnderlyingType!.Name), Values(type, field => field.Name)));
        }

        return new(name);
    }

    private static Dictionary<string, string> Values(ITypeSymbol type, Func<IFieldSymbol, string> name) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue).ToDictionary(
            name, f => Convert.ToString(f.ConstantValue, System.Globalization.CultureInfo.InvariantCulture)!, StringComparer.Ordinal);

    private string Declare(string formatter, FormatterModel model)
    {
        var name = Name(formatter);
        if (_shapes.ContainsKey(name)) return name;
        _shapes.Add(name, null);
        if (_types.Types.TryGetValue(formatter, out var symbol) || _types.Types.TryGetValue(model.Type, out symbol)) Symbols[name] = symbol;
        _shapes[name] = model switch
        {
            ObjectModel shape => new WireObject(name, [.. shape.Members.Select(m => Member(m, name))]) { IgnoresCase = shape.IgnoresCase },
            EnumModel texts => Texts(name, texts),
            UnionModel union => Union(name, union),
            CustomModel custom => new WireAlias(name, new(WireText.Quote(custom.Creation.Replace(Global, "")))),
            _ => throw new InvalidOperationException($"{model.GetType().Name} has no wire form."),
        };
        return name;
    }

    private WireSlot Member(MemberModel member, string shape)
    {
        Members[(shape, member.WireName)] = member.Name;
        var isNeeded = member.IsRequired || (member.Value.Missing.Length > 0 && !member.HasDefault);
        return new(member.WireName, Use(member.Value))
        {
            IsUnread = !member.IsRead,
            IsUnsent = member.Presence == Presence.Never,
            IsOptional = member.IsRead && !isNeeded,
            IsAbsent = member.Presence == Presence.NotDefault || member.Value.IsOptional
                || (member.Presence == Presence.NotNull && member.Value.IsNullable),
        };
    }

    private WireEnum Texts(string name, EnumModel model)
    {
        var texts = model.Members.ToDictionary(m => m.Name, m => m.WireName, StringComparer.Ordinal);
        return new(name, model.IsFlags ? WireEnum.Flags : WireEnum.Text, Values(Symbols[name], field => texts[field.Name]));
    }

    private WireUnion Union(string name, UnionModel union)
    {
        var variants = union.Variants.GroupBy(v => v.Discriminator ?? "", StringComparer.Ordinal)
            .ToDictionary(v => v.Key, v => Formatter(v.First().Formatter).Name, StringComparer.Ordinal);
        if (union.Base.Length > 0 && !variants.ContainsKey("")) variants.Add("", Formatter(union.Base).Name);
        return new(name, union.Property, variants) { IsOpen = union.IgnoresUnknown };
    }

    // The C# name of a type that is not generic, unless it could be that of a value; otherwise the name of its formatter.
    private string Name(string formatter)
    {
        var tag = _types.Options.Tag;
        var plain = tag.Length > 0 && formatter.EndsWith(tag, StringComparison.Ordinal)
            ? formatter.Substring(0, formatter.Length - tag.Length) : formatter;
        if (_types.Types.TryGetValue(formatter, out var type) && type is INamedTypeSymbol { TypeArguments.IsEmpty: true } named
            && FormatterNames.Of(named) == plain && named.PlainCode().Replace(Global, "") is var code
            && (code.Contains('.') || !char.IsLower(code[0]))) return code;
        const string Suffix = "Formatter";
        return plain.EndsWith(Suffix, StringComparison.Ordinal) ? plain.Substring(0, plain.Length - Suffix.Length) : plain;
    }
}
