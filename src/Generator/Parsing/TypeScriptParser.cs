using System.Globalization;
using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Emitting.TypeScript;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing.Contracts;
using TypedSocketRedis.Generator.Parsing.Types;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>
/// Finds all contracts and marked payload types of a project, with the additional data for TypeScript: names, enums and documentation.
/// </summary>
internal static class TypeScriptParser
{
    public static TypeScriptModel Parse(Compilation compilation, CancellationToken cancellationToken)
    {
        var parsers = new Dictionary<PayloadOptions, TypeShapeParser>();
        var contracts = new List<TypeScriptContract>();
        foreach (var symbol in Declared(compilation.Assembly.GlobalNamespace).OrderBy(c => c.PlainCode(), StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (symbol.TypeKind != TypeKind.Interface || ContractParser.Attribute(symbol) is null)
                PayloadParser.Parse(symbol, Types(PayloadOptions.Of(compilation.Assembly)), compilation.Assembly);
            else if (Model(symbol) is { } contract)
                contracts.Add(Contract(symbol, contract));
        }

        var formatters = parsers.Values.SelectMany(p => p.Formatters).OrderBy(f => f.Name, StringComparer.Ordinal).ToArray();
        var declared = new HashSet<string>(formatters.Where(f => f is ObjectModel or UnionModel or EnumModel).Select(f => f.Name)
            .Concat(TypeScriptReach.OfThemselves(formatters)), StringComparer.Ordinal);
        // Enums sent as numbers have no formatter; enums with custom formatters have one, but no members.
        var named = parsers.Values.SelectMany(p => p.Types).GroupBy(t => t.Key, StringComparer.Ordinal).Select(g => g.First())
            .Where(t => declared.Contains(t.Key) || (t.Value.TypeKind == TypeKind.Enum && formatters.All(f => f.Name != t.Key)))
            .OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => Type(t.Key, t.Value, Base(t.Key)));
        var imports = parsers.Values.SelectMany(p => p.Imports).Distinct().OrderBy(i => i, StringComparer.Ordinal);
        return new(compilation.AssemblyName ?? "", new(contracts), new(formatters), new(named)) { Imports = new(imports) };

        ContractModel? Model(INamedTypeSymbol contract) =>
            ContractParser.Parse(contract, compilation, Types(PayloadOptions.Of(contract, compilation.Assembly))).Contract;

        ITypeSymbol? Base(string formatter) =>
            parsers.Values.Select(p => p.Variants.TryGetValue(formatter, out var type) ? type : null).FirstOrDefault(t => t is not null);

        // Contracts with the same settings share their payload types.
        TypeShapeParser Types(PayloadOptions options)
        {
            if (!parsers.TryGetValue(options, out var types))
                parsers.Add(options, types = new TypeShapeParser(compilation, options, cancellationToken));
            return types;
        }
    }

    private static IEnumerable<INamedTypeSymbol> Declared(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamedTypeSymbol type && (ContractParser.Attribute(type) is not null || type.Has(KnownNames.SocketPayload)))
                yield return type;
            if (member is not INamespaceOrTypeSymbol inner) continue;
            foreach (var declared in Declared(inner)) yield return declared;
        }
    }

    private static TypeScriptContract Contract(INamedTypeSymbol symbol, ContractModel contract)
    {
        var events = symbol.AllInterfaces.Add(symbol).SelectMany(i => i.GetMembers()).OfType<IMethodSymbol>()
            .Select(m => new TypeScriptMember(m.GetDocumentationCommentId() ?? "", "", EventDoc(m, contract)))
            .Where(m => m.Doc != DocModel.None);
        var path = PayloadAttributes.Text(ContractParser.Attribute(symbol)) ?? "/";
        return new(contract, Name(symbol, Simple(symbol)), path, Documentation.Of(symbol), new(events));
    }

    private static TypeScriptType Type(string key, ITypeSymbol type, ITypeSymbol? declared)
    {
        var isFlags = type.Has("System.FlagsAttribute");
        var name = declared is null ? Name(type, Simple(type)) : new(Simple(type), $"{Simple(declared)}_{Simple(type)}");
        var doc = Documentation.Of(type);
        var members = type.TypeKind == TypeKind.Enum
            ? type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue)
                .Select(f =>
                    new TypeScriptMember(f.Name, Convert.ToString(f.ConstantValue, CultureInfo.InvariantCulture), Documentation.Of(f)))
            : Chain(type).SelectMany(t => t.GetMembers()).Where(m => m is IPropertySymbol or IFieldSymbol { IsImplicitlyDeclared: false })
                .Select(m => new TypeScriptMember(m.Name, "", MemberDoc(m)))
                .Where(m => m.Doc != DocModel.None);
        return new(key, name, isFlags, doc, new(members)) { IsVariant = declared is not null };
    }

    // The property of a positional record is documented at the record, and can be validated by attributes of the parameter.
    private static DocModel MemberDoc(ISymbol member)
    {
        var doc = Documentation.Of(member);
        if (doc.Text.Length == 0
            && Documentation.Of(member.ContainingType).Parameters.FirstOrDefault(p => p.Name == member.Name) is { } parameter)
            doc = doc with { Text = parameter.Text };
        var given = member.ContainingType.InstanceConstructors.SelectMany(c => c.Parameters).Where(p => p.Name == member.Name);
        return ValidationParser.Text([member, .. given]) is { Length: > 0 } rules ? doc with { Text = Joined(doc.Text, rules, "\n") } : doc;
    }

    // Arguments that servers send to clients are not validated.
    private static DocModel EventDoc(IMethodSymbol method, ContractModel contract)
    {
        var doc = Documentation.Of(method);
        if (contract.Direction == ContractDirection.Events) return doc;
        var rules = method.Parameters.Select(p => new DocParameter(p.Name, ValidationParser.Text([p])))
            .Where(p => p.Text.Length > 0).ToArray();
        if (rules.Length == 0) return doc;
        var known = doc.Parameters.Select(p =>
            p with { Text = Joined(p.Text, rules.FirstOrDefault(r => r.Name == p.Name)?.Text ?? "", " ") });
        return doc with { Parameters = new(known.Concat(rules.Where(r => doc.Parameters.All(p => p.Name != r.Name)))) };
    }

    private static string Joined(string first, string second, string between) =>
        first.Length > 0 && second.Length > 0 ? first + between + second : first + second;

    private static IEnumerable<INamedTypeSymbol> Chain(ITypeSymbol type)
    {
        for (var t = type as INamedTypeSymbol; t is not null && t.SpecialType == SpecialType.None; t = t.BaseType) yield return t;
    }

    private static TypeScriptName Name(ITypeSymbol type, string name) =>
        new(name, type.ContainingNamespace is { IsGlobalNamespace: false } space
            ? string.Join("_", space.ToDisplayString().Split('.').Select(part => part.TrimStart('@'))) + "_" + name
            : name + "_");

    private static string Outer(ITypeSymbol type) =>
        type.ContainingType is { } outer ? Outer(outer) + Arguments(outer) : "";

    private static string Simple(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Simple(array.ElementType) + "Array",
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable =>
            "Nullable" + Simple(nullable.TypeArguments[0]),
        INamedTypeSymbol named => Outer(named) + Arguments(named),
        _ => type.Name,
    };

    private static string Arguments(INamedTypeSymbol type) => type.TypeArguments.Length == 0
        ? Bare(type)
        : Bare(type) + "Of" + string.Join("And", type.TypeArguments.Select(a =>
            (a is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated } ? "Nullable" : "") + Simple(a)));

    // An interface is named without its prefix.
    private static string Bare(INamedTypeSymbol type) => type.TypeKind == TypeKind.Interface ? ContractParser.Name(type) : type.Name;
}
