namespace TypedSocketRedis.Generator.Model;

/// <summary>The result of parsing one handler.</summary>
/// <param name="Handler">The handler, or null if it cannot be bound.</param>
/// <param name="Diagnostics">The diagnostics about it.</param>
internal sealed record ParsedHandler(HandlerModel? Handler, EquatableArray<DiagnosticInfo> Diagnostics);

/// <summary>The data of one handler for its registration.</summary>
/// <param name="HintName">The name of its output, without its suffix.</param>
/// <param name="Assembly">The name of the compiled assembly.</param>
/// <param name="Type">The class, fully qualified.</param>
/// <param name="IsOwn">True if the class belongs to the compiled assembly.</param>
/// <param name="Arguments">The arguments of its constructor, as code.</param>
/// <param name="Services">The services that the constructor requires, as code.</param>
/// <param name="HandlesConnections">True if it overrides <c>OnConnectedAsync</c>.</param>
/// <param name="HandlesDisconnections">True if it overrides <c>OnDisconnectedAsync</c>.</param>
/// <param name="Metadata">The attributes of the class, as code.</param>
/// <param name="Contracts">The contracts that it implements.</param>
internal sealed record HandlerModel(
    string HintName, string Assembly, string Type, bool IsOwn, EquatableArray<string> Arguments, EquatableArray<string> Services,
    bool HandlesConnections, bool HandlesDisconnections, EquatableArray<string> Metadata, EquatableArray<HandledContractModel> Contracts);

/// <summary>A contract that a handler implements.</summary>
/// <param name="Type">The interface, fully qualified.</param>
/// <param name="Events">The events whose methods have attributes.</param>
internal sealed record HandledContractModel(string Type, EquatableArray<HandledEventModel> Events);

/// <summary>An event whose method has attributes.</summary>
/// <param name="Name">The event's name on the wire.</param>
/// <param name="Metadata">The attributes, as code.</param>
internal sealed record HandledEventModel(string Name, EquatableArray<string> Metadata);
