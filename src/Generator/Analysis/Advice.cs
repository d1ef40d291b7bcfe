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
        AdviceId.IgnoredResult, "Result of an event is ignored", "The result of '{0}' is not awaited, so a failure is not observed",
        Descriptors.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "Await the event, or discard the result explicitly.", Descriptors.Page(AdviceId.IgnoredResult));

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
        Descriptors.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
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

    public static readonly DiagnosticDescriptor AsyncVoidHandler = new(
        AdviceId.AsyncVoidHandler, "Handler is async void",
        "'{0}' is 'async void': the next event does not wait for it; return 'Task' from the contract's method",
        Descriptors.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        "A method that returns Task is awaited, and its exceptions are those of the event.", Descriptors.Page(AdviceId.AsyncVoidHandler));

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        WideNumber, DateNotUtc, IgnoredResult, UnusedContract, MisspeltName, ReservedHandler, AsyncSuffix, AsyncDelegate, AsyncVoidHandler,
    ];
}
