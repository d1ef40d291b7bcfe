using System.Text.RegularExpressions;

namespace TypedSocketRedis.ConformanceHost;

/// <summary>The namespaces of the program and the admission to them.</summary>
internal static partial class Namespaces
{
    public static void AddTo(SocketIOServer io, ProgramOptions options, HostLog log)
    {
        var clients = new ClientEvents(options, log);
        var servers = new ServerEvents(options, log);
        foreach (var path in new[] { "/", "/custom", "/auth" })
        {
            var ns = io.Of(path);
            ns.OnConnected(clients.ConnectedAsync);
            foreach (var (name, handler) in clients.All) ns.On(name, handler);
            servers.AddTo(ns);
        }

        io.Of("/auth").Use(AuthorizeAsync);

        var dynamic = io.Of(Dynamic());
        dynamic.OnConnected(clients.ConnectedAsync);
        foreach (var (name, handler) in clients.All) dynamic.On(name, handler);
    }

    private static Task AuthorizeAsync(ISocket socket)
    {
        if (socket.Handshake.Auth.GetValue() is Dictionary<string, object?> auth && auth.GetValueOrDefault("token") is "secret")
            return Task.CompletedTask;
        throw new SocketEventException("not authorized", SocketArgument.FromJson("""{"code":"E_AUTH","hint":"ask for a token"}"""));
    }

    [GeneratedRegex(@"^/dyn-[0-9]+\z")]
    private static partial Regex Dynamic();
}
