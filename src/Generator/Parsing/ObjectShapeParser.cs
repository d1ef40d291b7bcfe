using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Converts a class, struct or record to its members and the constructor that creates it from them.</summary>
internal sealed class ObjectShapeParser(TypeShapeParser types, IAssemblySymbol assembly)
{
    public ObjectModel Parse(INamedTypeSymbol type, string name, ShapePath path)
    {
        var all = All(type);
        if (all.FirstOrDefault(m => !IsPublic(m) && !PayloadAttributes.IsIgnored(m)) is { } hidden)
            throw path.Member(hidden).Refuse("it has [JsonInclude], but is not accessible to generated code: make it public");
        if (all.FirstOrDefault(m => !PayloadAttributes.IsIgnored(m) && Hides(type, m)) is { } covered)
            throw path.Member(covered).Refuse("it is hidden by another member: rename one of them, or exclude this one with [JsonIgnore]");
        if (all.FirstOrDefault(m => !PayloadAttributes.IsIgnored(m) && !m.CanBeReferencedByName) is { } unnamed)
            throw path.Member(unnamed).Refuse("its name is not valid in C#");
        ImmutableArray<ISymbol> members = [.. all.Where(m => !PayloadAttributes.IsIgnored(m))];
        if (all.FirstOrDefault(m => PayloadAttributes.IsIgnored(m) && IsRequired(m)) is { } needed)
            throw path.Member(needed).Refuse("it is required, so it cannot be ignored: remove 'required' or the attribute");
        var constructor = Constructor(type, all, members, path)
            ?? throw path.Refuse(NoConstructor(type, all));

        var arguments = constructor.Parameters.Select(p => new ArgumentModel(
            IndexOf(p, members), p.HasExplicitDefaultValue ? Symbols.Literal(p) : "", IsForgiven(p, members))).ToArray();
        var setsRequired = constructor.Has("System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute");

        var names = new HashSet<string>(StringComparer.Ordinal);
        var models = members.Select((m, i) => Member(m, path.Member(m), arguments.FirstOrDefault(a => a.Member == i), setsRequired))
            .ToArray();
        for (var i = 0; i < models.Length; i++)
        {
            if (names.Add(models[i].WireName)) continue;
            throw path.Member(members[i]).Refuse($"another property has the wire name '{models[i].WireName}'");
        }

        var display = type.DisplayWithoutNull();
        return new ObjectModel(name, type.CodeWithoutNull(), type.IsReferenceType, display, new(models), new(arguments));
    }

    private MemberModel Member(ISymbol member, ShapePath at, ArgumentModel? argument, bool setsRequired)
    {
        var isArgument = argument is not null;
        var wireName = PayloadAttributes.WireName(member);
        if (Naming.IsTooLong(wireName)) throw at.Refuse("its name on the wire has more than 65,535 bytes", Descriptors.NameLength);
        if (PayloadAttributes.FindUnsupported(member) is { } reason) throw at.Refuse(reason);
        if (PayloadAttributes.IsForbidden(member)) throw at.Refuse("it is [Obsolete] as an error: exclude it with [JsonIgnore]");

        var isRequired = (IsRequired(member) && !setsRequired) || PayloadAttributes.IsRequired(member);
        var assignment = isArgument && (setsRequired || !IsRequired(member)) ? MemberAssignment.None : Assignment(member);
        if (PayloadAttributes.IsIgnoredWhenRead(member) && !IsRequired(member)) (assignment, isArgument) = (MemberAssignment.None, false);
        if (assignment == MemberAssignment.None && !isArgument && member.Has(PayloadAttributes.Include)
            && member is IPropertySymbol { SetMethod: not null })
            throw at.Refuse("it has [JsonInclude], but generated code cannot set it: make its setter public or internal");

        var value = types.Value(TypeOf(member), at, member);
        // A property whose absence would be read as another value is written even if it is null.
        var isNeeded = isRequired || (isArgument ? argument!.Default is not ("" or "default") : HasInitializer(member));
        var presence = PayloadAttributes.Presence(member) ?? (isNeeded && value.IsNullable ? Presence.Always : Presence.NotNull);
        return new MemberModel(member.Name, wireName, value, assignment, isArgument || assignment != MemberAssignment.None)
        {
            Presence = presence,
            IsRequired = isRequired,
            IsInitOptional = !IsRequired(member) && !isRequired,
        };
    }

    private static ImmutableArray<ISymbol> All(INamedTypeSymbol type)
    {
        // The members of the base class come first; an override takes the place of the overridden member.
        var chain = new Stack<INamedTypeSymbol>();
        for (var t = type; t is not null
            && t.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType); t = t.BaseType)
            chain.Push(t);

        var members = new List<ISymbol>();
        foreach (var member in chain.SelectMany(t => t.GetMembers()).Where(m => IsSent(m) || m.Has(PayloadAttributes.Include)))
        {
            var hidden = members.FindIndex(m => m.Name == member.Name);
            if (hidden < 0) members.Add(member);
            else members[hidden] = member;
        }

        return [.. members];
    }

    // Members of a derived class that are not sent, such as static members and methods, can hide a property.
    private bool Hides(INamedTypeSymbol type, ISymbol member)
    {
        for (var t = type; t is not null && !SymbolEqualityComparer.Default.Equals(t, member.ContainingType); t = t.BaseType)
            if (t.GetMembers(member.Name).Any(m => !m.IsOverride && Symbols.IsAccessible(m, assembly))) return true;
        return false;
    }

    private bool IsPublic(ISymbol member) => member is IPropertySymbol property
        ? property.GetMethod is { } getter && Symbols.IsAccessible(getter, assembly) && Symbols.IsAccessible(property, assembly)
        : Symbols.IsAccessible(member, assembly);

    private static bool IsSent(ISymbol member) =>
        member is { IsStatic: false, DeclaredAccessibility: Accessibility.Public } && member switch
    {
        IPropertySymbol { IsIndexer: false, GetMethod: { DeclaredAccessibility: Accessibility.Public } } => true,
        IFieldSymbol { IsImplicitlyDeclared: false } => true,
        _ => false,
    };

    private IMethodSymbol? Constructor(INamedTypeSymbol type, ImmutableArray<ISymbol> all, ImmutableArray<ISymbol> members, ShapePath path)
    {
        var usable = type.InstanceConstructors
            .Where(c => Symbols.IsAccessible(c, assembly) && !PayloadAttributes.IsForbidden(c))
            .Where(c => c.Parameters.All(p => IsGiven(p) && IndexOf(p, all) >= 0))
            .OrderByDescending(c => c.Parameters.Length).ToArray();
        if (type.InstanceConstructors.FirstOrDefault(PayloadAttributes.IsChosen) is { } chosen)
        {
            return usable.Contains(chosen, SymbolEqualityComparer.Default)
                ? chosen
                : throw path.Refuse(
                    "the constructor selected by its attribute is not accessible, or has parameters that match no property");
        }

        var empty = usable.FirstOrDefault(c => c.Parameters.Length == 0);
        var isSettable = members.All(m => Assignment(m) != MemberAssignment.None || PayloadAttributes.IsIgnoredWhenRead(m));
        return empty is not null && isSettable && !type.IsRecord ? empty : usable.FirstOrDefault();
    }

    // The read value is passed by value: the constructor has no variable that it could change.
    private static bool IsGiven(IParameterSymbol parameter) =>
        parameter.RefKind is RefKind.None or RefKind.In or RefKind.RefReadOnlyParameter;

    private string NoConstructor(INamedTypeSymbol type, ImmutableArray<ISymbol> all)
    {
        var byReference = type.InstanceConstructors
            .Where(c => Symbols.IsAccessible(c, assembly) && c.Parameters.All(p => IndexOf(p, all) >= 0))
            .SelectMany(c => c.Parameters).FirstOrDefault(p => !IsGiven(p));
        return byReference is null
            ? "it has neither a parameterless constructor nor one whose parameters all match properties"
            : $"its constructor has the 'ref' or 'out' parameter '{byReference.Name}': pass it by value, or as 'in'";
    }

    private static int IndexOf(IParameterSymbol parameter, ImmutableArray<ISymbol> members)
    {
        for (var i = 0; i < members.Length; i++)
        {
            if (string.Equals(members[i].Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
                && TypeIdentity.IsSame(TypeOf(members[i]), parameter.Type)) return i;
        }

        return -1;
    }

    // A property may be nullable although the parameter is not: the constructor has to handle null.
    private static bool IsForgiven(IParameterSymbol parameter, ImmutableArray<ISymbol> members) =>
        IndexOf(parameter, members) is >= 0 and var i
            && !SymbolEqualityComparer.IncludeNullability.Equals(TypeOf(members[i]), parameter.Type);

    private MemberAssignment Assignment(ISymbol member) => member switch
    {
        IPropertySymbol property when Setter(property) is { } setter && Symbols.IsAccessible(setter, assembly) =>
            setter.IsInitOnly || IsRequired(member) ? MemberAssignment.Initializer : MemberAssignment.Setter,
        IFieldSymbol { IsReadOnly: false, IsConst: false } => IsRequired(member) ? MemberAssignment.Initializer : MemberAssignment.Setter,
        _ => MemberAssignment.None,
    };

    // An override need not have both accessors.
    private static IMethodSymbol? Setter(IPropertySymbol property) =>
        property.SetMethod ?? (property.OverriddenProperty is { } overridden ? Setter(overridden) : null);

    // The initializer of a type in another assembly is not available.
    private static bool HasInitializer(ISymbol member)
    {
        var value = member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            PropertyDeclarationSyntax property => property.Initializer?.Value,
            VariableDeclaratorSyntax field => field.Initializer?.Value,
            _ => null,
        };
        return value is not (null
            or LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression or (int)SyntaxKind.DefaultLiteralExpression });
    }

    private static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    private static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;
}
