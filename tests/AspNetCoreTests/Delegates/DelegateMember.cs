using System.Text.RegularExpressions;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace TypedSocketRedis.Tests.Delegates;

/// <summary>The act that makes a delegate run.</summary>
internal enum Trigger
{
    Open,
    Join,
    Say,
    Send,
    Leave,
    ServerEvent,
    Engine,
    Recorder,
}

/// <summary>A public member that takes a delegate which runs while the server serves.</summary>
/// <param name="Signature">The member, as reflection shows it.</param>
/// <param name="Place">The text by which a log entry names the member; null for one without a log.</param>
/// <param name="Trigger">The act that makes the delegate run.</param>
internal sealed record DelegateMember(string Signature, string? Place, Trigger Trigger)
{
    private const string Say = "say";

    // As deep as the stack of a thread is, which ends no process.
    private static readonly (int, int) Deep = (2, 1_000_000);

    public Action<SocketIOOptions, Misdeed>? Options { get; init; }

    public Action<WebApplication, Misdeed>? App { get; init; }

    public Action<IServiceCollection, Misdeed>? Services { get; init; }

    public Action<IEndpointConventionBuilder>? Endpoint { get; init; }

    public Action<SocketIOServer, Misdeed>? Server { get; init; }

    public Action<ServerSocket, Misdeed>? Socket { get; init; }

    public Action<SocketEventsRecorder, Misdeed>? Recorder { get; init; }

    /// <summary>The fewest and the most runs of a delegate that calls itself.</summary>
    public (int Min, int Max) SelfRuns { get; init; } = (2, 2);

    /// <summary>The namespace of the clients.</summary>
    public string Path { get; init; } = "/";

    public static IReadOnlyList<DelegateMember> All { get; } =
    [
        new("EngineIOOptions.AllowRequest", "AllowRequest", Trigger.Open)
        {
            Options = (options, misdeed) => options.AllowRequest = _ => new ValueTask<RequestAdmission>(misdeed.Run<RequestAdmission>(true)),
        },
        new("EngineIOEndpointRouteBuilderExtensions.MapEngineIO(handler)", "MapEngineIO", Trigger.Engine)
        {
            App = (app, misdeed) => app.MapEngineIO("/engine.io/", _ => misdeed.Run()),
        },
        new("HandshakeRateLimiterOptionsExtensions.AddHandshakePolicy(Func<HttpContext, RateLimitPartition<TPartitionKey>>)", "AddHandshakePolicy", Trigger.Open)
        {
            Services = (services, misdeed) => services.AddRateLimiter(limiter => limiter.AddHandshakePolicy("connects", _ =>
            {
                misdeed.Run().GetAwaiter().GetResult();
                return RateLimitPartition.GetNoLimiter("");
            })),
            App = (app, _) => app.UseRateLimiter(),
            Endpoint = endpoint => endpoint.RequireRateLimiting("connects"),
        },
        .. Namespaces("SocketNamespace", "/", io => new(io.Of("/"))),
        .. Namespaces("DynamicNamespaces", "/room-1", io => new(io.Of(new Regex(@"^/room-[0-9]\z")))),
        new("SocketIOServer.Of(Func<String, EventArgument, CancellationToken, ValueTask<Boolean>>)", "Of", Trigger.Join)
        {
            Path = "/tenant",
            Server = (io, misdeed) => io.Of((_, _, _) => new ValueTask<bool>(misdeed.Run(true))).On("ping", (_, _) => Task.CompletedTask),
        },
        .. Sockets(),
        .. ServerEvents(),
        new("SocketEventsRecorder.Answer(Func<EventArguments, EventArguments>)", null, Trigger.Recorder)
        {
            SelfRuns = Deep,
            Recorder = (recorder, misdeed) => recorder.Answer(Say, arguments =>
            {
                _ = misdeed.Run().ContinueWith(static ended => ended.Exception, TaskScheduler.Default);
                return EventArguments.Of();
            }),
        },
        new("SocketEventsRecorder.Answer(Func<EventArguments, Task<EventArguments>>)", null, Trigger.Recorder)
        {
            SelfRuns = Deep,
            Recorder = (recorder, misdeed) => recorder.Answer(Say, _ => misdeed.Run(EventArguments.Of())),
        },
    ];

    private static IEnumerable<DelegateMember> Namespaces(string type, string path, Func<SocketIOServer, Handled> of)
    {
        DelegateMember Member(string name, string place, Trigger trigger, Action<Handled, Misdeed> add) => new($"{type}.{name}", place, trigger)
        {
            Path = path,
            Server = (io, misdeed) => add(of(io), misdeed),
        };

        yield return Member("Use(Func<ServerSocket, Task>)", "Use", Trigger.Join, (ns, misdeed) => ns.Use(_ => misdeed.Run()));
        yield return Member("OnConnected(Func<ServerSocket, Task>)", "OnConnected", Trigger.Join, (ns, misdeed) => ns.OnConnected(_ => misdeed.Run()));
        yield return Member("On(Func<ServerSocket, EventArguments, Task>)", "event handler", Trigger.Say, (ns, misdeed) => ns.On(Say, (_, _) => misdeed.Run()));
        yield return Member("On(Func<ServerSocket, EventArguments, Task<EventArguments>>)", "event handler", Trigger.Say,
            (ns, misdeed) => ns.OnResult(Say, (_, _) => misdeed.Run(EventArguments.Of())));
        yield return Member("OnAny(Func<ServerSocket, String, EventArguments, Task>)", "OnAny", Trigger.Say, (ns, misdeed) => ns.OnAny((_, _, _) => misdeed.Run()));
    }

    private static IEnumerable<DelegateMember> Sockets()
    {
        // What handlers of outgoing events send is not passed to them.
        static DelegateMember Member(string name, string place, Trigger trigger, Action<ServerSocket, Misdeed> add) =>
            new($"ServerSocket.{name}", place, trigger) { Socket = add, SelfRuns = trigger == Trigger.Send ? (1, 1) : (2, 2) };

        yield return Member("On(Func<EventArguments, Task>)", "event handler", Trigger.Say, (socket, misdeed) => socket.On(Say, _ => misdeed.Run()));
        yield return Member("On(Func<EventArguments, Task<EventArguments>>)", "event handler", Trigger.Say,
            (socket, misdeed) => socket.On(Say, _ => misdeed.Run(EventArguments.Of())));
        yield return Member("OnAny(Func<String, EventArguments, Task>)", "OnAny", Trigger.Say, (socket, misdeed) => socket.OnAny((_, _) => misdeed.Run()));
        yield return Member("Use(Func<SocketEvent, Func<Task>, Task>)", "Use", Trigger.Say, (socket, misdeed) => socket.Use((sent, next) => sent.Name == Say ? Both(misdeed, next) : next()));
        yield return Member("OnAnyOutgoing(Func<String, EventArguments, Task>)", "OnAnyOutgoing", Trigger.Send, (socket, misdeed) =>
        {
            (misdeed.Itself, misdeed.WithoutEnd) = (() => socket.Namespace.Clients().Emit("tick"), true);
            socket.OnAnyOutgoing((_, _) => misdeed.Run());
        });
        yield return Member("OnAnyOutgoing(Action<String, EventArguments>)", "OnAnyOutgoing", Trigger.Send, (socket, misdeed) =>
        {
            (misdeed.Itself, misdeed.WithoutEnd) = (() => socket.Client().Emit("tick"), true);
            socket.OnAnyOutgoing((_, _) => misdeed.RunVoid());
        });
        yield return Member("OnDisconnecting(Func<DisconnectReason, Task>)", "OnDisconnecting", Trigger.Leave, (socket, misdeed) => socket.OnDisconnecting(_ => misdeed.Run()));
        yield return Member("OnDisconnected(Func<DisconnectReason, Task>)", "OnDisconnected", Trigger.Leave, (socket, misdeed) =>
        {
            misdeed.Itself = () => socket.OnDisconnected(_ => misdeed.Run());
            socket.OnDisconnected(_ => misdeed.Run());
        });
    }

    private static IEnumerable<DelegateMember> ServerEvents()
    {
        static DelegateMember Member(string name, Action<SocketNamespace, Misdeed> add) =>
            new(name, "server event say", Trigger.ServerEvent) { Server = (io, misdeed) => add(io.Of("/"), misdeed) };

        yield return Member("SocketNamespaceClusterExtensions.OnServerEvent(Func<EventArguments, Task>)", (ns, misdeed) => ns.OnServerEvent(Say, _ => misdeed.Run()));
        yield return Member("SocketNamespaceClusterExtensions.OnServerEvent(Func<EventArguments, Task<EventArguments>>)",
            (ns, misdeed) => ns.OnServerEvent(Say, (Func<EventArguments, Task<EventArguments>>)(_ => misdeed.Run(EventArguments.Of()))));
        yield return Member("SocketNamespaceClusterExtensions.OnServerEvent(Func<EventArguments, Task<Nullable<EventArguments>>>)",
            (ns, misdeed) => ns.OnServerEvent(Say, _ => misdeed.Run<EventArguments?>(null)));
        yield return Member("ServerEvents.On(Func<EventArguments, Task>)", (ns, misdeed) => ns.ServerEvents.On(Say, _ => misdeed.Run()));
        yield return Member("ServerEvents.On(Func<EventArguments, Task<EventArguments>>)",
            (ns, misdeed) => ns.ServerEvents.On(Say, (Func<EventArguments, Task<EventArguments>>)(_ => misdeed.Run(EventArguments.Of()))));
        yield return Member("ServerEvents.On(Func<EventArguments, Task<Nullable<EventArguments>>>)",
            (ns, misdeed) => ns.ServerEvents.On(Say, _ => misdeed.Run<EventArguments?>(null)));
    }

    private static Task Both(Misdeed misdeed, Func<Task> next)
    {
        var running = misdeed.Run();
        return ThenAsync();

        async Task ThenAsync()
        {
            await running;
            await next();
        }
    }
}

/// <summary>A namespace or dynamic namespaces, which have the same members for handlers.</summary>
internal readonly struct Handled
{
    private readonly SocketNamespace? _one;
    private readonly DynamicNamespaces? _many;

    public Handled(SocketNamespace one) => _one = one;

    public Handled(DynamicNamespaces many) => (_many, _) = (many, many.On("ping", (_, _) => Task.CompletedTask));

    public void Use(Func<ServerSocket, Task> middleware) => _ = (object?)_one?.Use(middleware) ?? _many!.Use(middleware);

    public void OnConnected(Func<ServerSocket, Task> handler) => _ = (object?)_one?.OnConnected(handler) ?? _many!.OnConnected(handler);

    public void On(string name, Func<ServerSocket, EventArguments, Task> handler) => _ = (object?)_one?.On(name, handler) ?? _many!.On(name, handler);

    public void OnResult(string name, Func<ServerSocket, EventArguments, Task<EventArguments>> handler) =>
        _ = (object?)_one?.On(name, handler) ?? _many!.On(name, handler);

    public void OnAny(Func<ServerSocket, string, EventArguments, Task> handler) => _ = (object?)_one?.OnAny(handler) ?? _many!.OnAny(handler);
}
