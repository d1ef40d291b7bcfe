using Microsoft.CodeAnalysis;
using Xunit;

namespace TypedSocketRedis.Tests.Architecture;

/// <summary>The state of a socket that changes: in its core, and in the collaborators that have an invariant of their own.</summary>
public class SocketStateTests
{
    // Objects that are not of one socket: of an event, its client, its namespace or its server.
    private static readonly string[] Shared =
    [
        "AckCollector", "EngineSession", "EventBudget", "Frame", "NamespaceHolders", "RecoveryShare", "Room", "ServerContext",
        "SocketNamespace",
    ];

    // The membership is an entry of the room member; the facade has a test of its own below.
    private static readonly string[] Owners =
        ["AckTable", "Membership", "OutgoingHandlers", "RoomMember", "ServerSocket", "SocketCore", "SocketInbox"];

    // A list of handlers, and a handler that can be removed.
    private static readonly string[] Handlers = ["EndHandler", "HandlerList", "HandlerSet"];

    [Fact]
    public void Only_the_core_of_a_socket_and_its_collaborators_change() => Assert.Equal(
        Owners.Concat(Handlers).Order(StringComparer.Ordinal),
        Reached().Where(type => type.GetMembers().OfType<IFieldSymbol>().Any(IsMutable)).Select(Outermost).Distinct()
            .Order(StringComparer.Ordinal));

    /// <summary>The facade is created before the client has a namespace, and gets it once, before other code sees the socket.</summary>
    [Fact]
    public void The_facade_of_a_socket_gets_its_namespace_and_nothing_else() => Assert.Equal(
        ["_namespace"],
        Compilations.Types(Compilations.All).Single(type => type.Name == "ServerSocket").GetMembers().OfType<IFieldSymbol>()
            .Where(IsMutable).Select(field => field.Name));

    private static string Outermost(INamedTypeSymbol type) => type.ContainingType is { } outer ? Outermost(outer) : type.Name;

    private static bool IsMutable(IFieldSymbol field) => field is { IsStatic: false, IsConst: false, IsReadOnly: false }
        && (!field.IsImplicitlyDeclared || field.AssociatedSymbol is IPropertySymbol);

    /// <summary>Returns the types of the objects that a socket consists of: those of its fields, directly or through others.</summary>
    private static HashSet<INamedTypeSymbol> Reached()
    {
        var all = Compilations.Types(Compilations.All);
        var own = new HashSet<INamedTypeSymbol>(all, SymbolEqualityComparer.Default);
        var reached = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var left = new Stack<INamedTypeSymbol>(all.Where(type => type.Name is "ServerSocket" or "SocketCore"));
        while (left.TryPop(out var type))
        {
            if (!own.Contains(type) || Shared.Contains(type.Name) || !reached.Add(type)) continue;
            foreach (var field in type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic))
                foreach (var part in HolderGraph.Parts(field.Type)) left.Push(part);
        }

        return reached;
    }
}
