using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedSocketRedis.Generator.Parsing.Types;

namespace TypedSocketRedis.Generator.Analysis.Values;

/// <summary>A date that is not UTC and is passed to an event.</summary>
/// <param name="Passed">The operation at the call: the date itself, or a variable with its value.</param>
/// <param name="Made">The operation that creates the date.</param>
/// <param name="IsLocal">True for local time, false for a date without a kind.</param>
internal sealed record DateFound(IOperation Passed, IOperation Made, bool IsLocal);

/// <summary>Searches the value of an argument for dates, through payloads, collections and unchanged variables.</summary>
internal sealed class DateSearch
{
    private readonly List<DateFound> _found = [];
    private readonly CancellationToken _cancellationToken;
    private IOperation? _passed;

    private DateSearch(CancellationToken cancellationToken) => _cancellationToken = cancellationToken;

    public static IReadOnlyList<DateFound> In(IOperation value, CancellationToken cancellationToken)
    {
        var search = new DateSearch(cancellationToken);
        search.Visit(value);
        return search._found;
    }

    private void Visit(IOperation? value)
    {
        switch (value)
        {
            // A user-defined conversion, for example to DateTimeOffset, creates another value.
            case IConversionOperation { OperatorMethod: null } conversion: Visit(conversion.Operand); break;
            case IParenthesizedOperation parentheses: Visit(parentheses.Operand); break;
            case IConditionalOperation choice: Visit(choice.WhenTrue); Visit(choice.WhenFalse); break;
            case ICoalesceOperation choice: Visit(choice.Value); Visit(choice.WhenNull); break;
            case ISwitchExpressionOperation choice: foreach (var arm in choice.Arms) Visit(arm.Value); break;
            case IArrayCreationOperation { Initializer: { } elements }: VisitAll(elements.ElementValues); break;
            case ICollectionExpressionOperation collection: VisitAll(collection.Elements); break;
            case ITupleOperation tuple: VisitAll(tuple.Elements); break;
            case IWithOperation copy: Visit(copy.Operand); Visit(copy.Initializer); break;
            case IObjectCreationOperation creation: Created(creation); break;
            case IObjectOrCollectionInitializerOperation initializer: VisitAll(initializer.Initializers); break;
            case ISimpleAssignmentOperation { Target: IMemberReferenceOperation member } assignment:
                if (!PayloadAttributes.IsIgnored(member.Member)) Visit(assignment.Value);
                break;
            case ILocalReferenceOperation local: Follow(local); break;
            default: Date(value); break;
        }
    }

    private void VisitAll(IEnumerable<IOperation> values)
    {
        foreach (var value in values) Visit(value);
    }

    private void Date(IOperation? value)
    {
        switch (value)
        {
            case IMemberReferenceOperation { Instance: null } member when IsDate(member.Member.ContainingType):
                if (member.Member.Name is "Now" or "Today") Add(member, isLocal: true);
                if (member.Member.Name is "MinValue" or "MaxValue") Add(member, isLocal: false);
                break;

            // These keep the kind.
            case IPropertyReferenceOperation { Property.Name: "Date", Instance: { } date } when IsDate(date.Type): Visit(date); break;
            case IInvocationOperation { Instance: { } date } call when IsDate(date.Type) && IsDate(call.Type)
                && call.TargetMethod.Name is var name
                    && (name == "Subtract" || name.StartsWith("Add", StringComparison.Ordinal)): Visit(date); break;
            case IBinaryOperation sum when IsDate(sum.Type): Visit(sum.LeftOperand); break;

            // These have no kind.
            case IDefaultValueOperation when IsDate(value.Type):
            case IInvocationOperation { TargetMethod: { IsStatic: true, Name: "Parse" or "ParseExact" } method } parse
                when IsDate(method.ContainingType) && !HasStyles(parse):
            case IPropertyReferenceOperation { Property: { Name: "DateTime" or "Date", ContainingType.Name: nameof(DateTimeOffset) } }:
                Add(value, isLocal: false);
                break;

            // The property of an object that was created here, and set once.
            case IPropertyReferenceOperation { Instance: ILocalReferenceOperation entity } property when IsDate(Underlying(property.Type)):
                Follow(property, entity);
                break;

            // The elements of a collection initializer.
            case IInvocationOperation { IsImplicit: true } add: VisitAll(add.Arguments.Select(a => a.Value)); break;
        }
    }

    private void Created(IObjectCreationOperation creation)
    {
        if (!IsDate(creation.Type))
        {
            foreach (var argument in creation.Arguments)
                if (argument.ArgumentKind != ArgumentKind.DefaultValue && !IsIgnored(creation.Type, argument.Parameter?.Name))
                    Visit(argument.Value);
            Visit(creation.Initializer);
            return;
        }

        var kind = creation.Arguments.FirstOrDefault(a => a.Parameter?.Type.Name == nameof(DateTimeKind));
        if (kind is null || kind.Value.ConstantValue is { HasValue: true, Value: (int)DateTimeKind.Unspecified })
            Add(creation, isLocal: false);
    }

    // A variable that is assigned only in its declaration has its initial value.
    private void Follow(ILocalReferenceOperation reference)
    {
        if (reference.Local.DeclaringSyntaxReferences is not { Length: 1 } declarations || reference.SemanticModel is not { } model) return;
        var syntax = declarations[0].GetSyntax(_cancellationToken);
        if (syntax.SyntaxTree != model.SyntaxTree
            || model.GetOperation(syntax, _cancellationToken) is not IVariableDeclaratorOperation declarator) return;
        if (declarator.GetVariableInitializer() is not { } initial || IsChanged(reference)) return;

        var outer = _passed;
        _passed ??= reference;
        Visit(initial.Value);
        _passed = outer;
    }

    private void Follow(IPropertyReferenceOperation property, ILocalReferenceOperation entity)
    {
        if (EntityFlow.Value(property, entity, _cancellationToken) is not { } value) return;
        var outer = _passed;
        _passed ??= property;
        Visit(value);
        _passed = outer;
    }

    private static ITypeSymbol? Underlying(ITypeSymbol? type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0] : type;

    private static bool IsChanged(ILocalReferenceOperation reference)
    {
        IOperation root = reference;
        while (root.Parent is { } parent) root = parent;
        return root.Descendants().OfType<ILocalReferenceOperation>().Any(use =>
            SymbolEqualityComparer.Default.Equals(use.Local, reference.Local)
            && (use.Parent is IAssignmentOperation assignment && assignment.Target == use
                || use.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out }));
    }

    // A text with an offset becomes local time, one without has no kind, unless the styles request UTC.
    private static bool HasStyles(IInvocationOperation parse) => parse.Arguments.Any(a =>
        a.ArgumentKind != ArgumentKind.DefaultValue && a.Parameter?.Type.Name == nameof(System.Globalization.DateTimeStyles));

    private static bool IsIgnored(ITypeSymbol? type, string? parameter)
    {
        if (type is null || parameter is null) return false;
        foreach (var member in type.GetMembers())
            if (string.Equals(member.Name, parameter, StringComparison.OrdinalIgnoreCase) && PayloadAttributes.IsIgnored(member))
                return true;
        return false;
    }

    private static bool IsDate(ITypeSymbol? type) => type is { SpecialType: SpecialType.System_DateTime };

    private void Add(IOperation made, bool isLocal) => _found.Add(new(_passed ?? made, made, isLocal));
}
