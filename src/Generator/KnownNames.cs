namespace TypedSocketRedis.Generator;

/// <summary>The names that the generator looks up or writes, and the tracked steps of its pipeline.</summary>
internal static class KnownNames
{
    public const string SocketEvents = "TypedSocketRedis.SocketEventsAttribute";
    public const string SocketCommands = "TypedSocketRedis.SocketCommandsAttribute";
    public const string ServerEvents = "TypedSocketRedis.ServerEventsAttribute";
    public const string AuthorizeData = "Microsoft.AspNetCore.Authorization.IAuthorizeData";
    public const string AllowAnonymous = "Microsoft.AspNetCore.Authorization.IAllowAnonymous";
    public const string ContractDefaults = "TypedSocketRedis.SocketContractDefaultsAttribute";
    public const string DerivedType = "TypedSocketRedis.SocketDerivedTypeAttribute";
    public const string SocketEvent = "TypedSocketRedis.SocketEventAttribute";
    public const string Spread = "TypedSocketRedis.SpreadAttribute";
    public const string SocketPayload = "TypedSocketRedis.SocketPayloadAttribute";
    public const string TypeScriptType = "TypedSocketRedis.TypeScriptTypeAttribute";
    public const string Broadcast = "TypedSocketRedis.IBroadcast`1";
    public const string EventTargetMetadata = "TypedSocketRedis.CompilerServices.IEventTarget`1";
    public const string SocketClient = "TypedSocketRedis.ISocketClient`1";
    public const string Servers = "TypedSocketRedis.IServers`1";

    /// <summary>The prefixes of names in the files of contracts, which declare them as aliases of namespaces.</summary>
    public const string Services = "__tsr.";
    public const string Formatters = "__gen.";
    public const string MessagePack = "__msg.";
    public const string Tasks = "__tpl.";

    public const string EventTarget = Services + "IEventTarget";
    public const string BroadcastTarget = Services + "IBroadcastTarget";
    public const string OneClient = "global::TypedSocketRedis.ISocketClient";
    public const string Acks = "global::TypedSocketRedis.Acks";
    public const string SocketEventType = Services + "ISocketEvent";
    public const string ReceivedEvent = Services + "IReceivedEvent";
    public const string CommandTarget = Services + "ICommandTarget";
    public const string EventDispatcher = Services + "EventDispatcher";
    public const string IncomingEvent = Services + "IncomingEvent";
    public const string EventDataReader = Services + "EventDataReader";
    public const string EventAck = Services + "EventAck";
    public const string EventDataWriter = Services + "EventDataWriter";
    public const string Resolver = "SocketEventsResolver";
    public const string VersionClass = "SocketEventsVersion";

    /// <summary>The suffix of a name that would otherwise be taken.</summary>
    public const string Generated = "Generated";

    public const string GeneratedNamespace = "TypedSocketRedis.Generated";
    public const string CancellationToken = "global::System.Threading.CancellationToken";

    public const string TypeScriptOut = "build_property.SocketEventsTypeScriptOut";
    public const string TypeScriptParser = "build_property.SocketEventsTypeScriptParser";
    public const string TypeScriptHint = "SocketEvents.TypeScript.g.cs";
    public const string TypeScriptStep = "TypeScript";

    public const string ParseStep = "Parse";
    public const string PayloadStep = "Payload";
    public const string ContractStep = "Contract";
    public const string HintStep = "Hint";
    public const string ClassStep = "Class";
    public const string FormatterStep = "Formatter";
    public const string DiagnosticStep = "Diagnostic";
    public const string LanguageStep = "Language";
    public const string ResolverStep = "Resolver";
    public const string VersionStep = "Version";
    public const string HandlerStep = "Handler";
    public const string RegistrationStep = "Registration";

    public const string SocketHandler = "TypedSocketRedis.SocketHandler";
    public const string AddHandler = "AddHandler";
    public const string HandlerExtensions = "Microsoft.Extensions.DependencyInjection.SocketIOHandlerExtensions";

    /// <summary>The names of the chain's own members, and of every object's; an event cannot have one of them.</summary>
    public static readonly string[] ChainMembers =
    [
        "All", "To", "ToUser", "ToUsers", "In", "Except", "Volatile", "Compress", "Local", "WithTimeout", "WithReceipt", "JoinAsync",
        "LeaveAsync", "DisconnectAsync", "FetchSocketsAsync", "EmitAsync", "Send", "SendAsync", "SendWithAck", "SendWithAckAsync",
        "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals",
    ];

    /// <summary>The attributes with which the compiler fills in optional parameters with information about the call.</summary>
    public static readonly string[] CallerAttributes =
        ["CallerMemberNameAttribute", "CallerFilePathAttribute", "CallerLineNumberAttribute", "CallerArgumentExpressionAttribute"];

    /// <summary>The event names that Socket.IO reserves.</summary>
    public static readonly string[] ReservedEvents =
        ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];
}
