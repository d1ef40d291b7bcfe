using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Parsing;

/// <summary>One argument, ack or marked payload type while it is parsed.</summary>
/// <param name="problems">The problems of the contract.</param>
/// <param name="at">The location of the type, for problems of types in other assemblies.</param>
/// <param name="isRead">True if it is received, and not only sent.</param>
internal sealed class PayloadUse(Problems problems, Location? at, bool isRead = true)
{
    /// <summary>Gets a value indicating whether the type is received, and not only sent.</summary>
    public bool IsRead => isRead;

    /// <summary>Gets a value indicating whether the type, or one inside it, cannot be sent.</summary>
    public bool IsBroken { get; private set; }

    public bool IsOwn(ISymbol symbol) => problems.IsOwn(symbol);

    /// <summary>Reports a problem at a declaration in the compiled assembly; without one, at the use.</summary>
    public void Refuse(ISymbol? declared, DiagnosticDescriptor descriptor, string[] arguments)
    {
        IsBroken = true;
        var source = problems.Source(declared);
        problems.Add(descriptor, source ?? at, source is null ? null : at, arguments);
    }

    /// <summary>Refuses the type without a diagnostic, because the compiler or another one reports the problem.</summary>
    public void Fail() => IsBroken = true;
}

/// <summary>One use of a type inside a payload.</summary>
/// <param name="Payload">The payload.</param>
/// <param name="Subject">The parameter, the event that returns the type, the marked type, or the member of a type inside it.</param>
/// <param name="Outer">The same for the type that contains the member.</param>
/// <param name="Declared">The innermost member that the compiled assembly declares, or null for none.</param>
/// <param name="Depth">The number of containing types.</param>
internal readonly record struct TypeUse(PayloadUse Payload, ISymbol Subject, ISymbol Outer, ISymbol? Declared, int Depth)
{
    /// <summary>The definition of the type that contains the use.</summary>
    public ISymbol Container => (Subject is ITypeSymbol ? Subject : Subject.ContainingType).OriginalDefinition;

    /// <summary>Returns the use of an element, an item or a derived type.</summary>
    public TypeUse Inner() => this with { Depth = Depth + 1 };

    public TypeUse Member(ISymbol member) => new(Payload, member, Subject, Payload.IsOwn(member) ? member : Declared, Depth + 1);

    /// <summary>Refuses the type at this use.</summary>
    public void Refuse(DiagnosticDescriptor descriptor, params string[] details) =>
        Payload.Refuse(Declared, descriptor, [Name(Subject), .. details]);

    /// <summary>Refuses a type or a member because of its declaration.</summary>
    public void Refuse(ISymbol symbol, DiagnosticDescriptor descriptor, params string[] details) =>
        Payload.Refuse(Payload.IsOwn(symbol) ? symbol : Declared, descriptor, [Name(symbol.OriginalDefinition), .. details]);

    // A member has the same name for all type arguments of its type, so that its problems are reported once.
    private static string Name(ISymbol symbol) => symbol switch
    {
        ITypeSymbol type => type.DisplayWithoutNull(),
        IParameterSymbol => $"{symbol.ContainingSymbol.Name}({symbol.Name})",
        IMethodSymbol => symbol.Name + "()",
        _ => $"{symbol.ContainingType.OriginalDefinition.DisplayWithoutNull()}.{symbol.Name}",
    };
}
