using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>Converts a class, struct or record to its members and the constructor that creates it from them.</summary>
internal sealed class ObjectShapeParser(TypeShapeParser types, IAssemblySymbol assembly)
{
    public ObjectModel Parse(INamedTypeSymbol type, string name, TypeUse use)
    {
        var all = All(type);
        foreach (var member in all) Check(type, member, use.Member(member));
        ImmutableArray<ISymbol> members = [.. all.Where(m => !PayloadAttributes.IsIgnored(m))];
        var constructor = Constructor(type, all, members, use);

        // Without a constructor, each member counts as an argument, so that only the constructor is reported.
        var arguments = constructor is null
            ? [.. members.Select((_, i) => new ArgumentModel(i, "", false))]
            : constructor.Parameters.Select(p => new ArgumentModel(
                IndexOf(p, members), p.HasExplicitDefaultValue ? Symbols.Literal(p) : "", IsForgiven(p, members))).ToArray();
        var setsRequired = constructor?.Has("System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute") == true;

        var names = new HashSet<string>(StringComparer.Ordinal);
        var models = members.Select((m, i) => Member(m, use.Member(m), arguments.FirstOrDefault(a => a.Member == i), setsRequired))
            .ToArray();
        for (var i = 0; i < models.Length; i++)
            if (!names.Add(models[i].WireName)) use.Refuse(members[i], Descriptors.DuplicateProperty, models[i].WireName);

        var display = type.DisplayWithoutNull();
        return new ObjectModel(name, type.CodeWithoutNull(), type.IsReferenceType, display, new(models), new(arguments));
    }

    private void Check(INamedTypeSymbol type, ISymbol member, TypeUse at)
    {
        if (PayloadAttributes.IsIgnored(member))
        {
            if (IsRequired(member)) at.Refuse(Descriptors.RequiredIgnored);
            return;
        }

        if (!IsPublic(member)) at.Refuse(Descriptors.IncludedAccess);
        if (Hides(type, member)) at.Refuse(Descriptors.HiddenMember);
        if (!member.CanBeReferencedByName) at.Refuse(Descriptors.MemberName);
        if (Naming.IsTooLong(PayloadAttributes.WireName(member, types.Options))) at.Refuse(Descriptors.NameLength);
        foreach (var attribute in PayloadAttributes.Unsupported(member)) at.Refuse(Descriptors.Unsupported, attribute);
        if (PayloadAttributes.IsForbidden(member)) at.Refuse(Descriptors.ObsoleteMember);
    }

    private MemberModel Member(ISymbol member, TypeUse at, ArgumentModel? argument, bool setsRequired)
    {
        var isArgument = argument is not null;
        var isRequired = (IsRequired(member) && !setsRequired) || PayloadAttributes.IsRequired(member);
        var assignment = isArgument && (setsRequired || !IsRequired(member)) ? MemberAssignment.None : Assignment(member);
        if (PayloadAttributes.IsIgnoredWhenRead(member) && !IsRequired(member)) (assignment, isArgument) = (MemberAssignment.None, false);
        if (assignment == MemberAssignment.None && !isArgument && member.Has(PayloadAttributes.Include)
            && member is IPropertySymbol { SetMethod: not null } && IsPublic(member))
            at.Refuse(Descriptors.IncludedSetter);

        var value = types.Value(TypeOf(member), at, member);
        // A property whose absence would be read as another value is written even if it is null.
        var isNeeded = isRequired || (isArgument ? argument!.Default is not ("" or "default") : HasInitializer(member));
        var presence = PayloadAttributes.Presence(member) ?? (isNeeded && value.IsNullable ? Presence.Always : Presence.NotNull);
        var isRead = isArgument || assignment != MemberAssignment.None;
        return new MemberModel(member.Name, PayloadAttributes.WireName(member, types.Options), value, assignment, isRead)
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
        var known = KnownTypes.Members(type);
        foreach (var member in chain.SelectMany(t => t.GetMembers())
            .Where(m => (IsSent(m) || m.Has(PayloadAttributes.Include)) && known?.Contains(m.Name) != false))
        {
            var hidden = members.FindIndex(m => m.Name == member.Name);
            if (hidden < 0) members.Add(member);
            else members[hidden] = member;
        }

        return known is null ? [.. members] : [.. members.OrderBy(m => Array.IndexOf(known, m.Name))];
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

    private IMethodSymbol? Constructor(INamedTypeSymbol type, ImmutableArray<ISymbol> all, ImmutableArray<ISymbol> members, TypeUse use)
    {
        var usable = type.InstanceConstructors
            .Where(c => Symbols.IsAccessible(c, assembly) && !PayloadAttributes.IsForbidden(c))
            .Where(c => c.Parameters.All(p => IsGiven(p) && IndexOf(p, all) >= 0))
            .OrderByDescending(c => c.Parameters.Length).ToArray();
        if (type.InstanceConstructors.FirstOrDefault(PayloadAttributes.IsChosen) is { } chosen)
        {
            if (usable.Contains(chosen, SymbolEqualityComparer.Default)) return chosen;
            use.Refuse(type, Descriptors.ChosenConstructor);
            return null;
        }

        var empty = usable.FirstOrDefault(c => c.Parameters.Length == 0);
        var isSettable = members.All(m => Assignment(m) != MemberAssignment.None || PayloadAttributes.IsIgnoredWhenRead(m));
        if (empty is not null && isSettable && !type.IsRecord) return empty;
        if (usable.Length == 0) RefuseConstructors(type, all, use);
        return usable.FirstOrDefault();
    }

    // The read value is passed by value: the constructor has no variable that it could change.
    private static bool IsGiven(IParameterSymbol parameter) =>
        parameter.RefKind is RefKind.None or RefKind.In or RefKind.RefReadOnlyParameter;

    private void RefuseConstructors(INamedTypeSymbol type, ImmutableArray<ISymbol> all, TypeUse use)
    {
        var byReference = type.InstanceConstructors
            .Where(c => Symbols.IsAccessible(c, assembly) && c.Parameters.All(p => IndexOf(p, all) >= 0))
            .SelectMany(c => c.Parameters).FirstOrDefault(p => !IsGiven(p));
        if (byReference is null) use.Refuse(type, Descriptors.NoConstructor);
        else use.Refuse(type, Descriptors.ConstructorReference, byReference.Name);
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
