using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator.Analysis;

/// <summary>The descriptors of all advice diagnostics. Unlike errors they can be configured and suppressed.</summary>
internal static class Advice
{
    public static readonly DiagnosticDescriptor WideNumber = new(
        AdviceId.WideNumber, "Number is wider than JavaScript's", "'{0}' is '{1}': JavaScript represents integers exactly only up to 2^53",
        Descriptors.Category, DiagnosticSeverity.Info, isEnabledByDefault: true,
        "Send a string, or a decimal, which is text on the wire, if values can be larger.", Descriptors.Page(AdviceId.WideNumber));

    public static readonly DiagnosticDescriptor DateNotUtc = new(
        AdviceId.DateNotUtc, "Date is not UTC", "'{0}' {1}",
        Descriptors.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "Receivers get instants in UTC; a DateTime without a kind cannot be sent.", Descriptors.Page(AdviceId.DateNotUtc));

    public static readonly DiagnosticDescriptor IgnoredResult = new(
        AdviceId.IgnoredResult, "Result is not awaited", "The result of '{0}' is not awaited, so a failure is not observed",
        Descriptors.Category, DiagnosticSeverity.Error, isEnabledByDefault: true,
        "Await the call, or discard the result explicitly.", Descriptors.Page(AdviceId.IgnoredResult));

    public static readonly DiagnosticDescriptor UnusedContract = new(
        AdviceId.UnusedContract, "Events of a contract are never sent or handled", "The events of '{0}' are never sent or handled{1}",
        Descriptors.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "Usually the call that registers a handler is missing.", Descriptors.Page(AdviceId.UnusedContract),
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor MisspeltName = new(
        AdviceId.MisspeltName, "Event name is spelled differently from the contract's",
        "No contract has an event '{0}', but '{1}' has '{2}'",
        Descriptors.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "Names are compared exactly: a handler for another spelling never runs.", Descriptors.Page(AdviceId.MisspeltName),
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor ReservedHandler = new(
        AdviceId.ReservedHandler, "Event name belongs to Socket.IO", "'{0}' {1}",
        Descriptors.Category, DiagnosticSeverity.Error, isEnabledByDefault: true,
        "Connections and disconnections are not client events in this library.", Descriptors.Page(AdviceId.ReservedHandler));

    public static readonly DiagnosticDescriptor AsyncSuffix = new(
        AdviceId.AsyncSuffix, "Event name ends with Async", "'{0}' is '{1}' on the wire: name it '{2}' with [SocketEvent]",
        Descriptors.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "The suffix is a C# convention that JavaScript does not use.", Descriptors.Page(AdviceId.AsyncSuffix));

    public static readonly DiagnosticDescriptor AsyncDelegate = new(
        AdviceId.AsyncDelegate, "Async function for a delegate without a task",
        "'{0}' does not await this function: it continues at the first 'await', and an exception after that ends the process",
        Descriptors.Category, DiagnosticSeverity.Error, isEnabledByDefault: true,
        "Use an overload whose delegate returns a task, or a function that is not async.", Descriptors.Page(AdviceId.AsyncDelegate));

    public static readonly DiagnosticDescriptor MisdirectedContract = new(
        AdviceId.MisdirectedContract, "Contract of commands has the attribute of events",
        "'{0}' has [SocketEvents], so servers send its events, but {1}: "
        + "events that clients send belong to a contract with [SocketCommands]",
        Descriptors.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "Only contracts with [SocketCommands] or [ServerEvents] can be handled.", Descriptors.Page(AdviceId.MisdirectedContract),
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor UnusedSelection = new(
        AdviceId.UnusedSelection, "Selection of receivers is not used",
        "The result of '{0}' is not used, so nothing is sent: call an event of the contract on it",
        Descriptors.Category, DiagnosticSeverity.Error, isEnabledByDefault: true,
        "A selection is immutable: selecting receivers has no effect of its own.", Descriptors.Page(AdviceId.UnusedSelection));

    public static readonly DiagnosticDescriptor ReservedRoom = new(
        AdviceId.ReservedRoom, "Room name is reserved for users",
        "Room '{0}' is reserved for the sockets of a user, so '{1}' throws: {2}",
        Descriptors.Category, DiagnosticSeverity.Error, isEnabledByDefault: true,
        "Only authentication changes the rooms of users.", Descriptors.Page(AdviceId.ReservedRoom));

    public static readonly DiagnosticDescriptor NoEvents = new(
        AdviceId.NoEvents, "Type argument has no events for the receivers",
        "'{0}' has no events that servers send to {1}: use an interface with {2}, or AnyEvents",
        Descriptors.Category, DiagnosticSeverity.Error, isEnabledByDefault: true,
        "A receiver of any other type throws when it is created.", Descriptors.Page(AdviceId.NoEvents));

    public static readonly DiagnosticDescriptor HandlerField = new(
        AdviceId.HandlerField, "Handler writes a field",
        "'{0}' is written in an object of '{1}' that lives for one event, so the value is lost after it",
        Descriptors.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "Use Socket.Items, a singleton service, or HandlerLifetime.Socket.", Descriptors.Page(AdviceId.HandlerField),
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor HandlerEmitter = new(
        AdviceId.HandlerEmitter, "Emitter injected into a handler of dynamic namespaces",
        "The emitter in '{0}' sends to the namespace that '{1}' names, not to the one of the event: use Clients of SocketHandler<{1}>",
        Descriptors.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "Clients are those of the namespace of the event.", Descriptors.Page(AdviceId.HandlerEmitter));

    public static readonly DiagnosticDescriptor HandlerAnonymous = new(
        AdviceId.HandlerAnonymous, "Authorization of a method in an anonymous handler",
        "[{2}] on '{0}' has no effect, because '{1}' has [AllowAnonymous]",
        Descriptors.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "Remove [AllowAnonymous] from the class.", Descriptors.Page(AdviceId.HandlerAnonymous));

    public static readonly DiagnosticDescriptor AuthorizedHelper = new(
        AdviceId.AuthorizedHelper, "Authorization of a method that handles no event",
        "[{2}] on '{0}' of '{1}' has no effect, because the method handles no event of a client",
        Descriptors.Category, DiagnosticSeverity.Error, isEnabledByDefault: true,
        "[Authorize] on the class guards connecting to its namespaces, on a method of a contract one event.",
        Descriptors.Page(AdviceId.AuthorizedHelper));

    public static readonly DiagnosticDescriptor UnreadableParameter = new(
        AdviceId.UnreadableParameter, "Parameter of a handler cannot be read",
        "No argument of an event can be read as '{0}', so On throws: use a type that converts to SocketArgument, or a payload",
        Descriptors.Category, DiagnosticSeverity.Error, isEnabledByDefault: true,
        "The parameters of a handler without a contract are the arguments of its event.", Descriptors.Page(AdviceId.UnreadableParameter));

    public static readonly DiagnosticDescriptor LostResult = new(
        AdviceId.LostResult, "Result of a handler is lost",
        "The result of type '{0}' is not sent as the acknowledgement: return what converts to SocketArgument, or SocketArgument.Payload",
        Descriptors.Category, DiagnosticSeverity.Error, isEnabledByDefault: true,
        "The acknowledgement of an event is the result of its handler.", Descriptors.Page(AdviceId.LostResult));

    public static readonly DiagnosticDescriptor SignalRContract = new(
        AdviceId.SignalRContract, "Contract looks like one of SignalR",
        "'{0}' looks like the client interface of a SignalR hub, whose clients listen for '{1}', but the event is '{2}' on the wire: "
        + "set Naming, with SocketNaming.AsDeclared to keep the names of SignalR",
        Descriptors.Category, DiagnosticSeverity.Info, isEnabledByDefault: true,
        "SignalR sends the names of methods unchanged.", Descriptors.Page(AdviceId.SignalRContract));

    public static readonly DiagnosticDescriptor NewtonsoftAttribute = new(
        AdviceId.NewtonsoftAttribute, "Attribute of Newtonsoft.Json has no effect",
        "[{1}] of Newtonsoft.Json on '{0}' has no effect: the member is sent as if the attribute were not there",
        Descriptors.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "Use the attribute of System.Text.Json.", Descriptors.Page(AdviceId.NewtonsoftAttribute));

    public static readonly DiagnosticDescriptor UnwritableValue = new(
        AdviceId.UnwritableValue, "Type without a formatter",
        "'{0}' has no generated formatter, so it cannot be an argument of an event: {1}",
        Descriptors.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "Values are written and read by generated code, never by reflection.", Descriptors.Page(AdviceId.UnwritableValue));

    public static readonly DiagnosticDescriptor StaleHistory = new(
        AdviceId.StaleHistory, "History of a contract is out of date",
        "'{1}' does not record the present form of '{0}'. The change breaks no older client or server; apply the fix to record it.",
        Descriptors.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "Only what is recorded is compared with later changes.", Descriptors.Page(AdviceId.StaleHistory));

    public static readonly DiagnosticDescriptor UncalledMethod = new(
        AdviceId.UncalledMethod, "Method of a handler is not called",
        "The server does not call '{0}' of '{1}': {2}",
        Descriptors.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "The server calls the methods of contracts, OnConnectedAsync() and OnDisconnectedAsync(DisconnectInfo).",
        Descriptors.Page(AdviceId.UncalledMethod));

    public static readonly DiagnosticDescriptor EarlySocket = new(
        AdviceId.EarlySocket, "Constructor of a handler reads the socket",
        "'{0}' throws in a constructor, because the server sets the socket after it: read it in OnConnectedAsync or in the event",
        Descriptors.Category, DiagnosticSeverity.Error, isEnabledByDefault: true,
        "The constructor takes services; the socket belongs to the event.", Descriptors.Page(AdviceId.EarlySocket));

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        WideNumber, DateNotUtc, IgnoredResult, UnusedContract, MisspeltName, ReservedHandler, AsyncSuffix, AsyncDelegate,
        MisdirectedContract, UnusedSelection, ReservedRoom, NoEvents,
        HandlerField, HandlerEmitter, HandlerAnonymous, UnreadableParameter, LostResult, SignalRContract, NewtonsoftAttribute,
        AuthorizedHelper, UnwritableValue, StaleHistory, UncalledMethod, EarlySocket,
    ];
}
