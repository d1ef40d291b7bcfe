namespace TypedSocketRedis.Generator.Model;

/// <summary>Everything the parse step found out about one contract or payload type that carries an attribute.</summary>
/// <param name="Contract">The contract; none for a payload type, and when it cannot be one.</param>
/// <param name="IsPublic">Whether other assemblies see it.</param>
/// <param name="Formatters">What its payloads need.</param>
/// <param name="Diagnostics">What is wrong with it.</param>
internal sealed record Parsed(
    ContractModel? Contract, bool IsPublic, EquatableArray<FormatterModel> Formatters, EquatableArray<DiagnosticInfo> Diagnostics)
{
    public static readonly Parsed Nothing = new(null, false, new([]), new([]));
}

/// <summary>One contract, as its event methods need it; payload types appear by the name of their formatter only.</summary>
/// <param name="HintName">The name of its outputs, without their ending.</param>
/// <param name="Namespace">Where its extension methods go; empty for the global namespace.</param>
/// <param name="Name">What its classes and methods are named after: the interface's name without its prefix.</param>
/// <param name="ClassName">The start of the names of its classes; another contract may want the same.</param>
/// <param name="Accessibility"><c>public</c> or <c>internal</c>.</param>
/// <param name="Type">The interface, fully qualified.</param>
/// <param name="Display">The interface's name for people.</param>
/// <param name="IsWhole">Whether its events are all its members, so that a class can implement it.</param>
/// <param name="Events">Its events, in the order they are declared.</param>
internal sealed record ContractModel(
    string HintName, string Namespace, string Name, string ClassName, string Accessibility, string Type, string Display, bool IsWhole,
    EquatableArray<EventModel> Events)
{
    /// <summary>Returns a contract of which calls bind and nothing else is generated.</summary>
    public ContractModel AsBroken() =>
        this with { IsWhole = false, Events = new(Events.Select(e => e with { Kind = EventKind.Broken })) };
}

/// <summary>How an event hands over.</summary>
internal enum EventKind
{
    Void,
    Task,
    ValueTask,

    /// <summary>A diagnostic was reported: the method exists so that calls to it are not errors of their own.</summary>
    Broken,
}

/// <summary>One event.</summary>
/// <param name="Method">The method's name, escaped.</param>
/// <param name="WireName">The event's name on the wire.</param>
/// <param name="Kind">How it hands over.</param>
/// <param name="ReturnType">What the method returns, fully qualified.</param>
/// <param name="Answer">What receivers acknowledge; none for an event that is only sent.</param>
/// <param name="DocumentationId">The interface method's documentation id.</param>
/// <param name="Owners">The interfaces that declare it, fully qualified; the one that hides the others last.</param>
/// <param name="Parameters">The parameters, in order, the cancellation token included.</param>
internal sealed record EventModel(
    string Method, string WireName, EventKind Kind, string ReturnType, ValueModel? Answer, string DocumentationId,
    EquatableArray<string> Owners, EquatableArray<ParameterModel> Parameters)
{
    /// <summary>Its <c>[Obsolete]</c> as code; empty when it has none.</summary>
    public string Obsolete { get; init; } = "";

    /// <summary>Its <c>[Experimental]</c> as code; empty when it has none.</summary>
    public string Experimental { get; init; } = "";

    /// <summary>Whether everybody who sees a public contract may call it.</summary>
    public bool IsPublic { get; init; }
}

/// <summary>One parameter of an event.</summary>
/// <param name="Name">Its name, escaped.</param>
/// <param name="Declaration">It as it is declared, with modifiers and default value.</param>
/// <param name="Type">Its type with the modifiers that belong to its signature.</param>
/// <param name="Default">Its default value as code; empty when it has none and a caller must give it.</param>
/// <param name="Value">How it is written; none for the cancellation token.</param>
internal sealed record ParameterModel(string Name, string Declaration, string Type, string Default, ValueModel? Value);
