using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing.Contracts;

namespace TypedSocketRedis.Generator.Parsing.Types;

/// <summary>Converts a class, struct or record to its members and the constructor that creates it from them.</summary>
internal sealed class ObjectShapeParser(TypeShapeParser types, IAssemblySymbol assembly)
{
    // Every object of JavaScript has these members, so that an absent property is not undefined.
    private static readonly string[] Inherited =
    [
        "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf",
    ];

    public ObjectModel Parse(INamedTypeSymbol type, string name, TypeUse use)
    {
        var all = All(type);
        foreach (var member in all) Check(type, member, use.Member(member));
        ImmutableArray<ISymbol> members = [.. all.Where(m => !PayloadAttributes.IsIgnored(m)).OrderBy(PayloadAttributes.Order)];
        var constructor = Constructor(type, all, members, use);

        // Without a constructor, each member counts as an argument, so that only the constructor is reported.
        var arguments = constructor is null
            ? [.. members.Select((_, i) => new ArgumentModel(i, "", false))]
            : Arguments(constructor, all, members);
        var isSet = constructor?.Has("System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute") == true;

        var names = new HashSet<string>(StringComparer.Ordinal);
        var models = members.Select((m, i) =>
        {
            var argument = Array.FindIndex(arguments, a => a.Member == i);
            return argument < 0
                ? Member(type, m, use.Member(m), null, null, isSet)
                : Member(type, m, use.Member(m), arguments[argument], constructor?.Parameters[argument], isSet);
        }).ToArray();
        for (var i = 0; i < models.Length; i++)
            if (!names.Add(models[i].WireName)) use.Refuse(members[i], Descriptors.DuplicateProperty, models[i].WireName);

        var display = type.DisplayWithoutNull();
        return new ObjectModel(name, type.CodeWithoutNull(), type.IsReferenceType, display, new(models), new(arguments))
        {
            IgnoresCase = types.Options.IgnoresCase,
            IsValidatable = ValidationParser.IsValidatable(type),
            IsCloned = type.IsValueType || IsCopied(type),
        };
    }

    // A copy constructor of the application may do anything.
    private static bool IsCopied(INamedTypeSymbol type)
    {
        for (var t = type; t is { IsRecord: true }; t = t.BaseType)
        {
            if (t.InstanceConstructors.Any(c => c is { IsImplicitlyDeclared: false, Parameters: { Length: 1 } p }
                && SymbolEqualityComparer.Default.Equals(p[0].Type, t))) return false;
        }

        return type.IsRecord;
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

    private MemberModel Member(
        INamedTypeSymbol type, ISymbol member, TypeUse at, ArgumentModel? argument, IParameterSymbol? parameter, bool setsRequired)
    {
        var isArgument = argument is not null;
        var mustSet = IsRequired(member) && !setsRequired;
        var isRequired = mustSet || PayloadAttributes.IsRequired(member);
        var assignment = isArgument && !mustSet ? MemberAssignment.None : Assignment(member, mustSet);
        if (PayloadAttributes.IsIgnoredWhenRead(member) && !IsRequired(member)) (assignment, isArgument) = (MemberAssignment.None, false);
        if (assignment == MemberAssignment.None && !isArgument && member.Has(PayloadAttributes.Include)
            && member is IPropertySymbol { SetMethod: not null } && IsPublic(member))
            at.Refuse(Descriptors.IncludedSetter);

        var value = types.Value(TypeOf(member), at, member);
        var isRead = isArgument || assignment != MemberAssignment.None;
        isRequired |= isArgument && argument is { Default.Length: 0, TakesNull: false } && types.Options.RespectsNull
            && value is { IsNullable: false, CanBeNil: false };

        // A property whose absence would be read as another value is written even if it is null.
        var hasDefault = isArgument
            ? argument!.Default is not ("" or "default") : isRead && !DefaultValues.IsSeenToBeNull(type, member, assembly);
        var name = PayloadAttributes.WireName(member, types.Options);
        var isNeeded = isRequired || hasDefault || Inherited.Contains(name);
        var presence = PayloadAttributes.Presence(member) ?? (isNeeded && value.IsNullable ? Presence.Always : Presence.NotNull);
        return new MemberModel(member.Name, name, value, assignment, isRead)
        {
            Presence = presence,
            IsRequired = isRequired,
            IsInitOptional = !mustSet && !isRequired,
            HasDefault = hasDefault,
            Rules = !isRead ? new([]) : ValidationParser.Rules(
                parameter is null ? [member] : [member, parameter], assembly, name => at.Refuse(Descriptors.Rule, name)),
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
            .Where(m => IsSent(m) || m.Has(PayloadAttributes.Include) || PayloadAttributes.IsDataMember(m))
            .Where(m => known?.Contains(m.Name) != false))
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
            .Where(c => c.Parameters.All(IsGiven) && !Match(c, all).Contains(-1))
            .OrderByDescending(c => c.Parameters.Length).ToArray();
        if (type.InstanceConstructors.FirstOrDefault(PayloadAttributes.IsChosen) is { } chosen)
        {
            if (usable.Contains(chosen, SymbolEqualityComparer.Default)) return chosen;
            use.Refuse(type, Descriptors.ChosenConstructor);
            return null;
        }

        var empty = usable.FirstOrDefault(c => c.Parameters.Length == 0);
        var isSettable = members.All(m =>
            Assignment(m, IsRequired(m)) != MemberAssignment.None || PayloadAttributes.IsIgnoredWhenRead(m));
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
            .Where(c => Symbols.IsAccessible(c, assembly) && !Match(c, all).Contains(-1))
            .SelectMany(c => c.Parameters).FirstOrDefault(p => !IsGiven(p));
        if (byReference is null) use.Refuse(type, Descriptors.NoConstructor);
        else use.Refuse(type, Descriptors.ConstructorReference, byReference.Name);
    }

    // The index of the member for each parameter: that with the same name, otherwise one whose name differs by case only. A member is
    // the value of one parameter; without a member for it, or with several, a parameter has a negative index.
    private static int[] Match(IMethodSymbol constructor, ImmutableArray<ISymbol> members)
    {
        var indices = constructor.Parameters.Select(p => IndexOf(p, members, StringComparison.Ordinal, [])).ToArray();
        for (var i = 0; i < indices.Length; i++)
            if (indices[i] < 0) indices[i] = IndexOf(constructor.Parameters[i], members, StringComparison.OrdinalIgnoreCase, indices);
        return indices;
    }

    private static int IndexOf(IParameterSymbol parameter, ImmutableArray<ISymbol> members, StringComparison comparison, int[] taken)
    {
        var found = Enumerable.Range(0, members.Length).Where(i => !taken.Contains(i)
            && string.Equals(members[i].Name, parameter.Name, comparison) && TypeIdentity.IsSame(TypeOf(members[i]), parameter.Type));
        return found.Take(2).ToArray() is { Length: 1 } one ? one[0] : -1;
    }

    private static ArgumentModel[] Arguments(IMethodSymbol constructor, ImmutableArray<ISymbol> all, ImmutableArray<ISymbol> members) =>
    [
        .. Match(constructor, all).Select((index, i) =>
        {
            var parameter = constructor.Parameters[i];
            var type = TypeOf(all[index]);

            // A property may be nullable although the parameter is not: the constructor has to handle null.
            return new ArgumentModel(
                members.IndexOf(all[index], SymbolEqualityComparer.Default),
                parameter.HasExplicitDefaultValue ? Symbols.Literal(parameter) : "",
                IsForgiven: !SymbolEqualityComparer.IncludeNullability.Equals(type, parameter.Type))
            {
                TakesNull = parameter.Type is { IsReferenceType: true, NullableAnnotation: not NullableAnnotation.NotAnnotated },
            };
        }),
    ];

    private MemberAssignment Assignment(ISymbol member, bool mustSet) => member switch
    {
        IPropertySymbol property when Setter(property) is { } setter && Symbols.IsAccessible(setter, assembly) =>
            setter.IsInitOnly || mustSet ? MemberAssignment.Initializer : MemberAssignment.Setter,
        IFieldSymbol { IsReadOnly: false, IsConst: false } => mustSet ? MemberAssignment.Initializer : MemberAssignment.Setter,
        _ => MemberAssignment.None,
    };

    // An override need not have both accessors.
    private static IMethodSymbol? Setter(IPropertySymbol property) =>
        property.SetMethod ?? (property.OverriddenProperty is { } overridden ? Setter(overridden) : null);

    private static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    private static ITypeSymbol TypeOf(ISymbol member) => member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;
}
