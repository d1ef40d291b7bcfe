namespace TypedSocketRedis.Generator.Model;

/// <summary>The result of parsing one contract, or one payload type with an attribute.</summary>
/// <param name="Contract">The contract, or null for a payload type and for an interface that cannot be a contract.</param>
/// <param name="IsPublic">True if it is visible to other assemblies.</param>
/// <param name="Formatters">The formatters of its payloads.</param>
/// <param name="Diagnostics">The diagnostics about it.</param>
internal sealed record Parsed(
    ContractModel? Contract, bool IsPublic, EquatableArray<FormatterModel> Formatters, EquatableArray<DiagnosticInfo> Diagnostics)
{
    public static readonly Parsed Nothing = new(null, false, new([]), new([]));
}

/// <summary>The data of one contract for its event methods. Payload types are represented only by the name of their formatter.</summary>
/// <param name="HintName">The name of its outputs, without their suffix.</param>
/// <param name="Namespace">The namespace of its extension methods; empty for the global namespace.</param>
/// <param name="Name">The base name of its classes and methods: the interface's name without its prefix.</param>
/// <param name="ClassName">The prefix of the names of its classes, which another contract may have as well.</param>
/// <param name="Accessibility"><c>public</c> or <c>internal</c>.</param>
/// <param name="Type">The interface, fully qualified.</param>
/// <param name="Display">The display name of the interface.</param>
/// <param name="Direction">The direction of its events.</param>
/// <param name="Events">Its events, in the order of their declarations.</param>
internal sealed record ContractModel(
    string HintName, string Namespace, string Name, string ClassName, string Accessibility, string Type, string Display,
    ContractDirection Direction, EquatableArray<EventModel> Events)
{
    /// <summary>Gets a value indicating whether a server sends the events, so that methods are generated for it.</summary>
    public bool IsSent => Direction != ContractDirection.Commands;

    /// <summary>Gets a value indicating whether a server handles the events, so that a dispatcher is generated for it.</summary>
    public bool IsHandled => Direction != ContractDirection.Events;

    /// <summary>Gets a value indicating whether only methods are generated, so that calls compile.</summary>
    public bool IsStub { get; init; }

    /// <summary>Gets a value indicating whether acknowledgements start with an error or null.</summary>
    public bool ErrorFirstAcks { get; init; }

    /// <summary>Gets a value indicating whether clients can omit the callback of an event with a result.</summary>
    public bool OptionalAcks { get; init; }

    /// <summary>The name of the class that contains the event methods.</summary>
    public string ExtensionsClass => ClassName + "Extensions";

    /// <summary>The name of the class that contains the events as values.</summary>
    public string EventsClass => EventsClassOf(ClassName);

    /// <summary>The name of the class that calls a handler.</summary>
    public string DispatcherClass => ClassName + "Dispatcher";

    /// <summary>Returns the names of the classes that are generated for a contract.</summary>
    /// <param name="className">The prefix of the names.</param>
    /// <param name="direction">The direction of its events.</param>
    public static IEnumerable<string> Classes(string className, ContractDirection direction)
    {
        if (direction != ContractDirection.Commands)
        {
            yield return className + "Extensions";
            yield return EventsClassOf(className);
        }

        if (direction != ContractDirection.Events) yield return className + "Dispatcher";
    }

    /// <summary>Returns a contract for which only methods are generated, so that calls compile.</summary>
    public ContractModel AsBroken() => this with { IsStub = true, Events = new(Events.Select(e => e with { Kind = EventKind.Broken })) };

    // A prefix that was extended because its names were taken stays recognizable: ChatEventsGenerated, not ChatEventsGeneratedEvents.
    private static string EventsClassOf(string className)
    {
        var bare = className;
        while (bare.EndsWith(KnownNames.Generated, StringComparison.Ordinal))
            bare = bare.Substring(0, bare.Length - KnownNames.Generated.Length);
        return bare.EndsWith("Events", StringComparison.Ordinal) ? className : className + "Events";
    }
}

/// <summary>The directions of a contract's events.</summary>
internal enum ContractDirection
{
    /// <summary>From servers to clients.</summary>
    Events,

    /// <summary>From clients to servers.</summary>
    Commands,

    /// <summary>From servers to servers.</summary>
    Servers,
}

/// <summary>The ways in which an event is sent.</summary>
internal enum EventKind
{
    Void,
    Task,
    ValueTask,

    /// <summary>A diagnostic was reported: the method exists so that its calls cause no further errors.</summary>
    Broken,
}

/// <summary>One event.</summary>
/// <param name="Method">The method's name, escaped.</param>
/// <param name="WireName">The event's name on the wire.</param>
/// <param name="Kind">The way in which it is sent.</param>
/// <param name="ReturnType">The return type of the method, fully qualified.</param>
/// <param name="Ack">The acknowledgement of a receiver, or null for an event without acknowledgements.</param>
/// <param name="DocumentationId">The interface method's documentation id.</param>
/// <param name="Owners">The interfaces that declare it, fully qualified. The interface that hides the others is the last one.</param>
/// <param name="Parameters">The parameters, in order, including the cancellation token.</param>
internal sealed record EventModel(
    string Method, string WireName, EventKind Kind, string ReturnType, ValueModel? Ack, string DocumentationId,
    EquatableArray<string> Owners, EquatableArray<ParameterModel> Parameters)
{
    /// <summary>Its <c>[Obsolete]</c> as code; empty if it has none.</summary>
    public string Obsolete { get; init; } = "";

    /// <summary>Its <c>[Experimental]</c> as code; empty if it has none.</summary>
    public string Experimental { get; init; } = "";

    /// <summary>Gets a value indicating whether the interface has other members of the method's name.</summary>
    public bool IsOverloaded { get; init; }

    /// <summary>Gets a value indicating whether the event is accessible wherever a public contract is.</summary>
    public bool IsPublic { get; init; }
}

/// <summary>One parameter of an event.</summary>
/// <param name="Name">Its name, escaped.</param>
/// <param name="Declaration">The declaration, with modifiers and default value.</param>
/// <param name="Type">Its type with the modifiers that belong to its signature.</param>
/// <param name="Default">Its default value as code; empty if it has none and a caller must pass it.</param>
/// <param name="Value">The model of its value, or null for the cancellation token.</param>
internal sealed record ParameterModel(string Name, string Declaration, string Type, string Default, ValueModel? Value)
{
    /// <summary>Gets a value indicating whether it takes any number of values, as <c>params</c>.</summary>
    public bool IsParams { get; init; }

    /// <summary>The element of a parameter whose elements are arguments of their own; otherwise null.</summary>
    public ValueModel? Rest { get; init; }

    /// <summary>The code that creates the validation attributes of a parameter that is received.</summary>
    public EquatableArray<string> Rules { get; init; } = new([]);
}
