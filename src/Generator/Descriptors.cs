using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator;

/// <summary>The descriptors of all errors, one for each reason. Each id has a help page, a row in the release file and a test.</summary>
internal static class Descriptors
{
    public const string Category = "TypedSocketRedis";

    private const string Pages = "https://github.com/typedsocketredis/typedsocketredis/blob/main/docs/diagnostics/";

    // Before the descriptors, which are added to it.
    private static readonly Dictionary<string, DiagnosticDescriptor> ByIds = new(StringComparer.Ordinal);

    public static readonly DiagnosticDescriptor GenericContract = Create("TSR001", "Contract has type parameters",
        "Contract '{0}' has type parameters, but the payload types of its events must be known at compile time. "
        + "Remove the type parameters, or define one contract for each payload type.");

    public static readonly DiagnosticDescriptor NoMethod = Create("TSR002", "Contract member is not a method",
        "'{0}' is not a method, so it cannot be an event. Replace it with a method, or move it to another type.");

    public static readonly DiagnosticDescriptor ByReference = Create("TSR003", "Event parameter is passed by reference",
        "Parameter '{0}' of event '{1}' is passed by reference, but an event only carries values. Remove 'ref', 'in' or 'out'.");

    public static readonly DiagnosticDescriptor ReturnType = Create("TSR004", "Event return type is not supported",
        "Event '{0}' cannot return '{1}'. Return void, Task, ValueTask, Task<T> or ValueTask<T>.");

    public static readonly DiagnosticDescriptor NoData = Create("TSR005", "Payload type holds no data",
        "'{0}' cannot be sent because '{1}' is a delegate, a pointer, a ref struct or a static class. {2}.");

    public static readonly DiagnosticDescriptor ChainMember = Create("TSR006", "Event name is hidden by a member of the chain",
        "Event '{0}' cannot be called on a target because the target has a member of that name. "
        + "Rename the method, and keep its wire name with [SocketEvent].");

    public static readonly DiagnosticDescriptor DuplicateName = Create("TSR007", "Two events have one wire name",
        "Event '{0}' has the wire name '{1}', which '{2}' already has. Rename one of them, or set its wire name with [SocketEvent].");

    public static readonly DiagnosticDescriptor ReservedName = Create("TSR008", "Event name is reserved",
        "Event '{0}' has the wire name '{1}', which Socket.IO reserves. Choose another name with [SocketEvent].");

    public static readonly DiagnosticDescriptor NamespaceComma = Create("TSR009", "Namespace contains a comma",
        "The namespace of contract '{0}' contains a comma, which ends the namespace on the wire. Remove the comma.");

    public static readonly DiagnosticDescriptor DuplicateMethod = Create("TSR010", "Two events have one signature",
        "Event '{0}' is declared differently by '{1}' and by '{2}', so a call would be ambiguous. "
        + "Rename one of the methods, or make the declarations equal.");

    public static readonly DiagnosticDescriptor Language = Create("TSR011", "Language version is too old",
        "The library requires C# 13, but this project is compiled as C# {0}. Remove LangVersion, or set it to 13 or later.");

    public static readonly DiagnosticDescriptor ObsoleteContract = Create("TSR012", "Contract is obsolete as an error",
        "Contract '{0}', or a type that contains it, is [Obsolete] as an error, so generated code cannot use it. "
        + "Apply [Obsolete] to its events instead.");

    public static readonly DiagnosticDescriptor ContractAccess = Create("TSR013", "Contract is not accessible",
        "Contract '{0}' is not accessible to generated code. Make it and the types that contain it public or internal.");

    public static readonly DiagnosticDescriptor GenericEvent = Create("TSR014", "Event has type parameters",
        "Event '{0}' has type parameters, but its payload types must be known at compile time. Define one event for each payload type.");

    public static readonly DiagnosticDescriptor EventBody = Create("TSR015", "Event has a body or is static",
        "'{0}' has a body or is static, so it cannot be an event. Remove the body and 'static', or move the method to another type.");

    public static readonly DiagnosticDescriptor EventAccess = Create("TSR016", "Event is not accessible",
        "Event '{0}' is not accessible to generated code. Make it public or internal.");

    public static readonly DiagnosticDescriptor VariableArguments = Create("TSR017", "Event has a variable argument list",
        "Event '{0}' has an __arglist, but an event has a fixed number of parameters. Replace it with a params array.");

    public static readonly DiagnosticDescriptor FrameworkMember = Create("TSR018", "Contract inherits an interface of the framework",
        "'{0}' is a member of the framework's interface '{1}', so it is not an event. Do not inherit that interface.");

    public static readonly DiagnosticDescriptor EventName = Create("TSR019", "Name in an event is not valid in C#",
        "The name of event '{0}', or a name in its parameters, is not valid in C#. Do not inherit the interface that declares it.");

    public static readonly DiagnosticDescriptor Converter = Create("TSR020", "Custom converter is not supported",
        "'{0}' has the converter '{1}', which generated code cannot call. "
        + "Use JsonStringEnumConverter, or write an IMessagePackFormatter<T> and apply it with [MessagePackFormatter].");

    public static readonly DiagnosticDescriptor NameLength = Create("TSR021", "Name is too long for the wire",
        "The wire name of '{0}' has more than 65,535 bytes. Choose a shorter name.");

    public static readonly DiagnosticDescriptor SameDiscriminator = Create("TSR022", "Two derived types have one discriminator",
        "'{0}' lists two derived types with the discriminator '{1}'. Give each of them its own discriminator.");

    public static readonly DiagnosticDescriptor FormatterType = Create("TSR023", "Formatter is for another type",
        "'{0}' has the formatter '{1}', which is not an IMessagePackFormatter<{2}>. Correct it, or choose another one.");

    public static readonly DiagnosticDescriptor Key = Create("TSR024", "Dictionary key is not text",
        "'{0}' cannot be sent because a key of type '{1}' has no text form. "
        + "Use string, char, bool, a number, Guid, a date, a time, TimeSpan, Uri, Version or an enum as the key.");

    public static readonly DiagnosticDescriptor ArrayRank = Create("TSR025", "Array has several dimensions",
        "'{0}' cannot be sent because the array '{1}' has several dimensions. Send an array of arrays.");

    public static readonly DiagnosticDescriptor Dynamic = Create("TSR026", "Payload type is dynamic",
        "'{0}' cannot be sent because the type of a dynamic value is not known at compile time. Use object.");

    public static readonly DiagnosticDescriptor FrameworkType = Create("TSR027", "Framework type has no form on the wire",
        "'{0}' cannot be sent because '{1}' is a framework type without a form on the wire. {2}.");

    public static readonly DiagnosticDescriptor LibraryType = Create("TSR028", "Type of this library is not a payload",
        "'{0}' cannot be sent because '{1}' is a type of this library or of MessagePack. Send a record with the values in it.");

    public static readonly DiagnosticDescriptor OpenType = Create("TSR029", "Interface or abstract class lists no derived types",
        "'{0}' is an interface or an abstract class, so the properties that are sent are unknown. "
        + "List its derived types with [JsonDerivedType], or send a record instead.");

    public static readonly DiagnosticDescriptor Collection = Create("TSR030", "Custom collection is not supported",
        "'{0}' cannot be sent because '{1}' is a custom collection, whose elements would be lost. "
        + "Use an array, a list, a set or a dictionary.");

    public static readonly DiagnosticDescriptor TypeAccess = Create("TSR031", "Payload type is not accessible",
        "Type '{0}' is not accessible to generated code. Make it and the types that contain it public or internal.");

    public static readonly DiagnosticDescriptor ObsoleteType = Create("TSR032", "Payload type is obsolete as an error",
        "Type '{0}', or a type that contains it, is [Obsolete] as an error, so generated code cannot use it. Send another type.");

    public static readonly DiagnosticDescriptor TypeName = Create("TSR033", "Name of a payload type is not valid in C#",
        "'{0}' cannot be sent because the name of '{1}', or a name in it, is not valid in C#. "
        + "Send a record with the values that receivers need.");

    public static readonly DiagnosticDescriptor Endless = Create("TSR034", "Type contains ever larger types",
        "'{0}' cannot be sent because its type contains ever larger types without end. Use the same type arguments at each level.");

    public static readonly DiagnosticDescriptor GenericPayload = Create("TSR035", "Marked payload type has type parameters",
        "Type '{0}' has [SocketPayload], but it or a type that contains it has type parameters. "
        + "Remove the attribute, and use the type with type arguments in a contract or in another payload.");

    public static readonly DiagnosticDescriptor Unsupported = Create("TSR036", "Attribute of System.Text.Json is not supported",
        "'{0}' has the attribute [{1}], which would change the wire form and is not supported. "
        + "Remove the attribute, or exclude the property with [JsonIgnore].");

    public static readonly DiagnosticDescriptor NoConstructor = Create("TSR037", "Payload type has no usable constructor",
        "Type '{0}' has neither a parameterless constructor nor one whose parameters all match properties, "
        + "so generated code cannot create it. Add such a constructor.");

    public static readonly DiagnosticDescriptor ConstructorReference = Create("TSR038", "Constructor parameter is passed by reference",
        "The constructor of type '{0}' has the 'ref' or 'out' parameter '{1}'. Pass it by value, or as 'in'.");

    public static readonly DiagnosticDescriptor ChosenConstructor = Create("TSR039", "Selected constructor cannot be used",
        "The constructor of type '{0}' that an attribute selects is not accessible, or has parameters that match no property. "
        + "Correct the constructor, or select another one.");

    public static readonly DiagnosticDescriptor IncludedAccess = Create("TSR040", "Included member is not accessible",
        "'{0}' has [JsonInclude], but is not accessible to generated code. Make it public or internal.");

    public static readonly DiagnosticDescriptor IncludedSetter = Create("TSR041", "Included property cannot be set",
        "'{0}' has [JsonInclude], but its setter is not accessible to generated code. Make the setter public or internal.");

    public static readonly DiagnosticDescriptor HiddenMember = Create("TSR042", "Property is hidden by another member",
        "'{0}' is hidden by a member of a derived class. Rename one of them, or exclude the property with [JsonIgnore].");

    public static readonly DiagnosticDescriptor MemberName = Create("TSR043", "Name of a property is not valid in C#",
        "The name of '{0}' is not valid in C#. Send a record with the values that receivers need.");

    public static readonly DiagnosticDescriptor ObsoleteMember = Create("TSR044", "Property is obsolete as an error",
        "'{0}', or an accessor of it, is [Obsolete] as an error, so generated code cannot use it. Exclude it with [JsonIgnore].");

    public static readonly DiagnosticDescriptor RequiredIgnored = Create("TSR045", "Required property is ignored",
        "'{0}' is required, so an attribute cannot exclude it. Remove 'required' or the attribute.");

    public static readonly DiagnosticDescriptor DuplicateProperty = Create("TSR046", "Two properties have one wire name",
        "'{0}' has the wire name '{1}', which another property of the type already has. "
        + "Rename one of them, or set its wire name with [JsonPropertyName].");

    public static readonly DiagnosticDescriptor NamespaceLength = Create("TSR047", "Namespace is too long",
        "The namespace of contract '{0}' has more than 1,024 bytes, the maximum that a client can send. Choose a shorter namespace.");

    public static readonly DiagnosticDescriptor NamespaceNull = Create("TSR048", "Namespace is null",
        "The namespace of contract '{0}' is null. Set a namespace, or omit the argument for the default namespace.");

    public static readonly DiagnosticDescriptor EmptyName = Create("TSR049", "Event name is empty",
        "The wire name of event '{0}' is empty. Choose a name, or remove [SocketEvent] to use the name of the method.");

    public static readonly DiagnosticDescriptor ConverterType = Create("TSR050", "Enum converter is for another type",
        "'{0}' has an enum converter for '{1}', which is not its type. Use JsonStringEnumConverter of its own type.");

    public static readonly DiagnosticDescriptor ConverterTarget = Create("TSR051", "Enum converter is not on an enum",
        "'{0}' has the converter JsonStringEnumConverter, but is not an enum. Remove the converter.");

    public static readonly DiagnosticDescriptor SameText = Create("TSR052", "Two enum members have one wire name",
        "'{0}' has the wire name '{1}', which another member of the enum already has. Choose another name.");

    public static readonly DiagnosticDescriptor NotDerived = Create("TSR053", "Listed type is not derived",
        "'{0}' lists '{1}', which is not derived from it. Derive the type, or remove it from the list.");

    public static readonly DiagnosticDescriptor AbstractVariant = Create("TSR054", "Listed type is abstract",
        "'{0}' lists '{1}', which is abstract. List the classes that are derived from it instead.");

    public static readonly DiagnosticDescriptor OpenVariant = Create("TSR055", "Listed type has no type arguments",
        "'{0}' lists '{1}' without its type arguments. List it once for each type that is sent, with type arguments.");

    public static readonly DiagnosticDescriptor VariantAccess = Create("TSR056", "Listed type is not accessible",
        "'{0}' lists '{1}', which is not accessible to generated code. Make it and the types that contain it public or internal.");

    public static readonly DiagnosticDescriptor NoVariants = Create("TSR057", "Polymorphic type lists no derived types",
        "'{0}' is polymorphic, but lists no derived types. List them with [JsonDerivedType], or remove [JsonPolymorphic].");

    public static readonly DiagnosticDescriptor ListedTwice = Create("TSR058", "Derived type is listed twice",
        "'{0}' lists '{1}' twice. Remove one of the attributes.");

    public static readonly DiagnosticDescriptor DiscriminatorProperty = Create("TSR059", "Property has the name of the discriminator",
        "'{0}' has a property with the wire name '{1}', which is the name of the discriminator. Rename the property, "
        + "or set another name with TypeDiscriminatorPropertyName.");

    public static readonly DiagnosticDescriptor NearestAncestor = Create("TSR060", "Fallback to the nearest ancestor is not supported",
        "'{0}' writes unlisted types as their nearest listed ancestor, which is not supported. "
        + "Use FailSerialization or FallBackToBaseType.");

    public static readonly DiagnosticDescriptor AbstractFallback = Create("TSR061", "Fallback to an abstract base type",
        "'{0}' is abstract or an interface, so unlisted types cannot be written as that type. "
        + "Remove FallBackToBaseType, or list all derived types.");

    public static readonly DiagnosticDescriptor FormatterMissing = Create("TSR062", "Formatter is not a type",
        "'{0}' has a [MessagePackFormatter] without a class. Set the formatter's class as its argument.");

    public static readonly DiagnosticDescriptor FormatterArguments = Create("TSR063", "Formatter has arguments",
        "'{0}' has arguments for the formatter '{1}', which are not supported. Use a formatter without arguments.");

    public static readonly DiagnosticDescriptor FormatterAccess = Create("TSR064", "Formatter is not accessible",
        "'{0}' has the formatter '{1}', which is not accessible to generated code. Make it public or internal.");

    public static readonly DiagnosticDescriptor FormatterCreation = Create("TSR065", "Formatter cannot be created",
        "'{0}' has the formatter '{1}', which generated code cannot create. Make it a class with type arguments that is not abstract, "
        + "and add a public static Instance or a parameterless constructor.");

    public static readonly DiagnosticDescriptor HandledReturnType = Create("TSR066", "Return type of a command is not a task",
        "{0} '{1}' cannot return '{2}'. Return Task, ValueTask, Task<T> or ValueTask<T>, so that handlers are awaited.");

    public static readonly DiagnosticDescriptor TwoDirections = Create("TSR067", "Contract has two directions",
        "Contract '{0}' has [{1}] and [{2}], but all events of a contract have one direction. "
        + "Remove one of the attributes, and define another contract for the other direction.");

    public static readonly DiagnosticDescriptor InheritedDirection = Create("TSR068", "Contract inherits another direction",
        "Contract '{0}' has [{1}], but inherits from '{2}', which has [{3}]. "
        + "Remove the base interface, or give both contracts the same direction.");

    public static readonly DiagnosticDescriptor AuthorizedEvent = Create("TSR069", "Authorization attribute has no effect on a contract",
        "[{1}] on '{0}' has no effect, because attributes of an interface are not those of its implementation. "
        + "Put it on the handler's class or method.");

    public static readonly DiagnosticDescriptor HandlerAccess = Create("TSR070", "Handler is not accessible",
        "Handler '{0}', a type that contains it, or a type argument of it, is file-local, private or protected, so generated code cannot "
        + "create it. Make them public or internal.");

    public static readonly DiagnosticDescriptor HandlerAbstract = Create("TSR071", "Added handler is abstract",
        "Handler '{0}' is abstract, so no object of it can be created. Add the classes that derive from it.");

    public static readonly DiagnosticDescriptor HandlerContract = Create("TSR072", "Handler implements no contract",
        "Handler '{0}' implements no contract, so it handles no event and has no namespace. "
        + "Implement an interface with [SocketCommands] or [ServerEvents], or make the class abstract.");

    public static readonly DiagnosticDescriptor HandlerConstructor = Create("TSR073", "Handler has no usable constructor",
        "Generated code cannot choose or call a constructor of handler '{0}': {1}. Add a public constructor, "
        + "whose parameters are services, or mark one with [ActivatorUtilitiesConstructor].");

    public static readonly DiagnosticDescriptor HandlerSocket = Create("TSR074", "Constructor of a handler takes the socket",
        "The constructor of handler '{0}' takes an ISocket, which is not a service. Use the property Socket.");

    public static readonly DiagnosticDescriptor HandlerMember = Create("TSR075", "Command is implemented by a member of the base class",
        "Command '{0}' is implemented by a method of '{1}' that the server calls, so clients could call it as well. "
        + "Rename the command, and keep its wire name with [SocketEvent], or implement it explicitly.");

    public static readonly DiagnosticDescriptor HandlerNamespace = Create("TSR076", "Handler sends and handles in different namespaces",
        "Handler '{0}' sends the events of '{1}', which belongs to namespace '{2}', but handles those of '{3}', which belongs to '{4}'. "
        + "Give both contracts one namespace, or inject IEmitter<{1}> and derive from SocketHandler.");

    public static readonly DiagnosticDescriptor HandlerEvents = Create("TSR077", "Handler sends a type that is not a contract",
        "Handler '{0}' derives from SocketHandler<{1}>, but '{1}' is not a contract of events for clients. "
        + "Apply [SocketEvents] to the interface, or derive from SocketHandler.");

    public static readonly DiagnosticDescriptor HandlerAttribute = Create("TSR078", "Authorization attribute is not accessible",
        "Generated code cannot create the authorization attribute '{0}', because it, its constructor or an argument is not accessible. "
        + "Make them public or internal.");

    public static readonly DiagnosticDescriptor Spread = Create("TSR079", "Spread parameter is not the last list",
        "Parameter '{0}' of event '{1}' has [Spread], but its elements cannot be the last arguments of the event. "
        + "Make it the last parameter, with an array or a list as its type that is not nullable.");

    public static readonly DiagnosticDescriptor OptionalPlace = Create("TSR080", "Optional value is not a property",
        "'{0}' cannot be absent, because it is not a property, so '{1}' has no meaning. Use a nullable type.");

    public static readonly DiagnosticDescriptor WriteOnly = Create("TSR081", "Collection cannot be received",
        "'{0}' has the type '{1}', which can be sent but not received, because nothing is known that creates it from its items. "
        + "Use an array, a list, a set or a dictionary.");

    public static readonly DiagnosticDescriptor Rule = Create("TSR082", "Validation attribute cannot be applied",
        "'{0}' has the validation attribute '{1}', which generated code cannot create or which needs reflection. "
        + "Make the attribute public or internal, use another one, or implement IValidatableObject.");

    public static readonly DiagnosticDescriptor HistoryEvent = Create("TSR083", "Event of the history is missing",
        "'{0}' has no event '{1}', which {2} know. Restore it, or keep its name on the wire with [SocketEvent].");

    public static readonly DiagnosticDescriptor HistoryContract = Create("TSR084", "Contract was moved",
        "The {1} of '{0}' changed from '{2}' to '{3}', so its events no longer reach {4}. Restore it, or define a second contract.");

    public static readonly DiagnosticDescriptor HistoryArgument = Create("TSR085", "Argument of the history is missing",
        "{0} has no argument {1}, which {2} expect. Restore it, or define a second event.");

    public static readonly DiagnosticDescriptor HistoryCallback = Create("TSR086", "New argument takes the place of a callback",
        "{0} is new, so older clients receive it in place of the callback of the acknowledgement. "
        + "Add a property to the payload, or define a second event.");

    public static readonly DiagnosticDescriptor HistoryType = Create("TSR087", "Type of a value changed",
        "{0} changed from '{1}' to '{2}', which is another form than {3} use. Restore the type, or add a second value.");

    public static readonly DiagnosticDescriptor HistoryRequired = Create("TSR088", "Value became required",
        "{0} is required, but {1} may not send it. Give it a default value, or make it nullable.");

    public static readonly DiagnosticDescriptor HistoryProperty = Create("TSR089", "Property of the history is missing",
        "{0} has no property '{1}', which {2} expect. Restore it, or keep its name on the wire with [JsonPropertyName].");

    public static readonly DiagnosticDescriptor HistoryMissing = Create("TSR090", "Value may be missing",
        "{0} can be null or absent, but {1} expect a value. Always send a value, or add a second property.");

    public static readonly DiagnosticDescriptor HistoryText = Create("TSR091", "Value of an enum is missing",
        "{0} has no value '{1}', which {2} may send. Restore it, for example with [Obsolete].");

    public static readonly DiagnosticDescriptor HistoryNumber = Create("TSR092", "Number of an enum member changed",
        "{0} has another number for '{1}' than {2} know. Restore the number, and give new members new ones.");

    public static readonly DiagnosticDescriptor HistoryVariant = Create("TSR093", "Type of a union is missing",
        "{0} has no type with the discriminator '{1}', which {2} may send. Restore it.");

    public static readonly DiagnosticDescriptor HistoryValue = Create("TSR094", "Value is unknown to older servers",
        "{0} has the new value '{1}', which {2} refuse. Define a second event for it.");

    public static readonly DiagnosticDescriptor HistoryAck = Create("TSR095", "Acknowledgement of the history changed",
        "{0} {1} a value in its acknowledgement, unlike for {2}. Restore the return type, or define a second event.");

    public static readonly DiagnosticDescriptor HistoryFile = Create("TSR096", "History cannot be read",
        "'{0}' is not a line of a contract's history. Restore the file, or empty it and apply the fix of TSR121.");

    public static readonly DiagnosticDescriptor HistoryOwner = Create("TSR097", "History without a contract",
        "No contract has the name '{0}', so older clients and servers lose its events. "
        + "Restore the contract, rename the file with it, or delete the file.");

    /// <summary>Gets all descriptors, in the order of their ids.</summary>
    public static IReadOnlyCollection<DiagnosticDescriptor> All => ByIds.Values;

    public static DiagnosticDescriptor ById(string id) => ByIds[id];

    public static string Page(string id) => Pages + id + ".md";

    // Not configurable: the generated body of a broken event must never run, so its error cannot be disabled.
    private static DiagnosticDescriptor Create(string id, string title, string message)
    {
        var descriptor = new DiagnosticDescriptor(
            id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true,
            helpLinkUri: Page(id), customTags: WellKnownDiagnosticTags.NotConfigurable);
        ByIds.Add(id, descriptor);
        return descriptor;
    }
}
