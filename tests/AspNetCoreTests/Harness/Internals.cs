using System.Security.Claims;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Namespaces;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>The parts of sockets and namespaces that applications do not see.</summary>
internal static class Internals
{
    extension(ISocket socket)
    {
        public SocketCore Core => ((ServerSocket)socket).Core;

        public SocketInbox Inbox => ((ServerSocket)socket).Inbox;

        public Task ReplaceUserAsync(ClaimsPrincipal user) => ((ServerSocket)socket).ReplaceUserAsync(user);
    }

    extension(ISocketNamespace<AnyEvents> ns)
    {
        public SocketNamespace Inner => ((ContractNamespace<AnyEvents>)ns).Inner;

        public INamespaceAdapter Adapter => ns.Inner.Adapter;

        public NamespaceHandlers Handlers => ns.Inner.Handlers;

        public SessionRecovery? Recovery => ns.Inner.Recovery;

        public NamespaceHolders Holders => ns.Inner.Holders;

        public ServerEventHandlers ServerEvents => ns.Inner.Adapter.ServerEvents;

        public ISocketNamespace<TEvents> For<TEvents>()
            where TEvents : class => ns.Inner.For<TEvents>();
    }
}
