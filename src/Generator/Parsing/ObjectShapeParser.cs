using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Turns a class, struct or record into its members and the constructor that brings them back.</summary>
internal sealed class ObjectShapeParser(TypeShapeParser types, IAssemblySymbol assembly)
{
    public ObjectModel Parse(INamedTypeSymbol type, string name, ShapePath path)
    {
        var members = Members(type);
        var constructor = Constructor(type, members)
            ?? throw path.Refuse("it has no constructor whose parameters are all properties of it, and none without parameters");

        var arguments = constructor.Parameters.Select(p => new ArgumentModel(
            IndexOf(p, members), p.HasExplicitDefaultValue ? Symbols.Literal(p) : "")).ToArray();
        var setsRequired = constructor.Has("System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute");

        var names = new HashSet<string>(StringComparer.Ordinal);
        var models = new List<MemberModel>();
        for (var i = 0; i < members.Length; i++)
        {
            var member = members[i];
            var at = path.Member(member);
            var wireName = PayloadAttributes.WireName(member);
            if (!names.Add(wireName)) throw at.Refuse($"another property is called '{wireName}' on the wire too");
            if (member.GetAttributes().Select(a => a.AttributeClass?.Name).FirstOrDefault(PayloadAttributes.IsUnsupported) is { } attribute)
                throw at.Refuse($"[{PayloadAttributes.Short(attribute)}] is not supported");
            if (PayloadAttributes.IsForbidden(member)) throw at.Refuse("it is [Obsolete] as an error: leave it out with [JsonIgnore]");

            var isArgument = arguments.Any(a => a.Member == i);
            var assignment = isArgument && (setsRequired || !IsRequired(member)) ? MemberAssignment.None : Assignment(member);
            models.Add(new MemberModel(
                member.Name, wireName, types.Value(TypeOf(member), at), assignment, isArgument || assignment != MemberAssignment.None));
        }

        return new ObjectModel(
            name, type.CodeWithoutNull(), type.IsReferenceType, type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat),
            new(models), new(arguments));
    }

    private static ImmutableArray<ISymbol> Members(INamedTypeSymbol type)
    {
        // The base class first, as one reads it; an override takes the place of what it overrides.
        var chain = new Stack<INamedTypeSymbol>();
        for (var t = type; t is not null && t.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType); t = t.BaseType)
            chain.Push(t);

        var members = new List<ISymbol>();
        foreach (var member in chain.SelectMany(t => t.GetMembers()).Where(IsSent))
        {
            var hidden = members.FindIndex(m => m.Name == member.Name);
            if (hidden < 0) members.Add(member);
            else members[hidden] = member;
        }

        return [.. members.Where(m => !PayloadAttributes.IsIgnored(m))];
    }

    private static bool IsSent(ISymbol member) => member is { IsStatic: false, DeclaredAccessibility: Accessibility.Public } && member switch
    {
        IPropertySymbol { IsIndexer: false, GetMethod: { DeclaredAccessibility: Accessibility.Public } } => true,
        IFieldSymbol { IsImplicitlyDeclared: false } => true,
        _ => false,
    };

    private IMethodSymbol? Constructor(INamedTypeSymbol type, ImmutableArray<ISymbol> members)
    {
        var usable = type.InstanceConstructors
            .Where(c => Symbols.IsAccessible(c, assembly) && c.Parameters.All(p => p.RefKind is RefKind.None && IndexOf(p, members) >= 0))
            .OrderByDescending(c => c.Parameters.Length).ToArray();
        if (usable.FirstOrDefault(PayloadAttributes.IsChosen) is { } chosen) return chosen;

        var empty = usable.FirstOrDefault(c => c.Parameters.Length == 0);
        var isSettable = members.All(m => Assignment(m) != MemberAssignment.None);
        return empty is not null && isSettable && !type.IsRecord ? empty : usable.FirstOrDefault();
    }

    private static int IndexOf(IParameterSymbol parameter, ImmutableArray<ISymbol> members)
    {
        for (var i = 0; i < members.Length; i++)
        {
            if (string.Equals(members[i].Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
                && SymbolEqualityComparer.Default.Equals(TypeOf(members[i]), parameter.Type)) return i;
        }

        return -1;
    }

    private MemberAssignment Assignment(ISymbol member) => member switch
    {
        IPropertySymbol { SetMethod: { } setter } when Symbols.IsAccessible(setter, assembly) =>
            setter.IsInitOnly || IsRequired(member) ? MemberAssignment.Initializer : MemberAssignment.Setter,
        IFieldSymbol { IsReadOnly: false, IsConst: false } => IsRequired(member) ? MemberAssignment.Initializer : MemberAssignment.Setter,
        _ => MemberAssignment.None,
    };

    private static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    private static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;
}
