using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TypedSocketRedis.Generator;

/// <summary>The descriptors of all errors. Each id has a help page, a row in the release file and a test.</summary>
internal static class Descriptors
{
    public const string Category = "TypedSocketRedis";

    private const string Pages = "https://github.com/typedsocketredis/typedsocketredis/blob/main/docs/diagnostics/";

    public static readonly DiagnosticDescriptor Contract = Create("TSR001", "Contract cannot be used",
        "Contract '{0}' {1}");

    public static readonly DiagnosticDescriptor Member = Create("TSR002", "Contract member is not an event",
        "'{0}' is not an event: {1}");

    public static readonly DiagnosticDescriptor ByReference = Create("TSR003", "Event parameter is passed by reference",
        "Parameter '{0}' of event '{1}' cannot be 'ref', 'in' or 'out': an event carries only values");

    public static readonly DiagnosticDescriptor ReturnType = Create("TSR004", "Event return type is not supported",
        "Event '{0}' cannot return '{1}': use void, Task, ValueTask, Task<T> or ValueTask<T>");

    public static readonly DiagnosticDescriptor Payload = Create("TSR005", "Payload type is not supported",
        "'{0}' cannot be sent: {1}");

    public static readonly DiagnosticDescriptor ChainMember = Create("TSR006", "Event name is hidden by a member of the chain",
        "Event '{0}' cannot be called on a target, which has a member of that name: "
        + "rename the method and keep the wire name with [SocketEvent]");

    public static readonly DiagnosticDescriptor DuplicateName = Create("TSR007", "Two events with one wire name",
        "Event '{0}' has the wire name '{1}', which '{2}' already has");

    public static readonly DiagnosticDescriptor ReservedName = Create("TSR008", "Event name is reserved",
        "Event name '{0}' is reserved by Socket.IO");

    public static readonly DiagnosticDescriptor WireName = Create("TSR009", "Name cannot be sent over the wire",
        "{0}");

    public static readonly DiagnosticDescriptor DuplicateMethod = Create("TSR010", "Two events with one signature",
        "Event '{0}' is declared differently by '{1}' and by '{2}': a call would be ambiguous");

    public static readonly DiagnosticDescriptor Language = Create("TSR011", "Language version is too old",
        "The generated code requires C# 12, but this project is compiled as C# {0}: remove LangVersion or set it to 12 or later");

    public static readonly DiagnosticDescriptor Converter = Create("TSR020", "Custom converter is not supported",
        "'{0}' cannot be sent: {1}");

    public static readonly DiagnosticDescriptor NameLength = Create("TSR021", "Name is too long for the wire",
        "'{0}' cannot be sent: {1}");

    public static readonly DiagnosticDescriptor Union = Create("TSR022", "Derived types are not listed correctly",
        "'{0}' cannot be sent: {1}");

    public static readonly DiagnosticDescriptor Formatter = Create("TSR023", "Formatter cannot be used",
        "'{0}' cannot be sent: {1}");

    public static readonly DiagnosticDescriptor Key = Create("TSR024", "Dictionary key is not text",
        "'{0}' cannot be sent: {1}");

    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        Contract, Member, ByReference, ReturnType, Payload, ChainMember, DuplicateName, ReservedName, WireName, DuplicateMethod,
        Language, Converter, NameLength, Union, Formatter, Key,
    ];

    public static DiagnosticDescriptor ById(string id) => All.First(d => d.Id == id);

    public static string Page(string id) => Pages + id + ".md";

    // Not configurable: the generated body of a broken event must never run, so its error cannot be disabled.
    private static DiagnosticDescriptor Create(string id, string title, string message) => new(
        id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: Page(id), customTags: WellKnownDiagnosticTags.NotConfigurable);
}
