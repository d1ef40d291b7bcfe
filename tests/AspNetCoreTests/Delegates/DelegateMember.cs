using System.Text.RegularExpressions;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Tests.Identity;

namespace TypedSocketRedis.Tests.Delegates;

/// <summary>The action that runs a delegate.</summary>
internal enum Trigger
{
    Open,
    Join,
    Say,
    Send,
    Leave,
    Refuse,
    Upgrade,
    ServerEvent,
    Engine,
    Recorder,
}

/// <summary>A public member that takes a delegate that runs while the server handles requests.</summary>
/// <param name="Signature">The member, as reflection shows it.</param>
/// <param name="Place">The text that identifies the member in a log entry, or null for a member that logs nothing.</param>
/// <param name="Trigger">The action that runs the delegate.</param>
internal sealed record DelegateMember(string Signature, string? Place, Trigger Trigger)
{
    private const string Say = "say";

    // The recursion goes as deep as the thread's stack allows and does not end the process.
    private static readonly (int, int) Deep = (2, 1_000_000);

    public Action<SocketIOOptions, Fault>? Options { get; init; }

    public Action<WebApplication, Fault>? App { get; init; }

    public Action<IServiceCollection, Fault>? Services { get; init; }

    public Action<IEndpointConventionBuilder>? Endpoint { get; init; }

    public Action<SocketIOServer, Fault>? Server { get; init; }

    public Action<ISocket, Fault>? Socket { get; init; }

    public Action<SocketEventsRecorder, Fault>? Recorder { get; init; }

    /// <summary>The minimum and maximum number of runs of a delegate that calls itself.</summary>
    public (int Min, int Max) SelfRuns { get; init; } = (2, 2);

    /// <summary>The namespace of the clients.</summary>
    public string Path { get; init; } = "/";

    public static IReadOnlyList<DelegateMember> All { get; } =
    [
        new("EngineIOOptions.AllowRequest", "AllowRequest", Trigger.Open)
        {
            Options = (options, fault) => options.AllowRequest = _ => new ValueTask<RequestAdmission>(fault.Run<RequestAdmission>(true)),
        },
        new("EngineIOOptions.OnConnectionError", "OnConnectionError", Trigger.Refuse)
        {
            Options = (options, fault) => options.OnConnectionError = _ => fault.Run(),
        },
        new("EngineIOOptions.SessionIdGenerator", "SessionIdGenerator", Trigger.Open)
        {
            Options = (options, fault) =>
                options.SessionIdGenerator = _ => new ValueTask<string>(fault.Run(Guid.NewGuid().ToString("N"))),
        },
        new("EngineIOEndpointRouteBuilderExtensions.MapEngineIO(handler)", "MapEngineIO", Trigger.Engine)
        {
            App = (app, fault) => app.MapEngineIO("/engine.io/", _ => fault.Run()),
        },
        new("HandshakeRateLimiterOptionsExtensions.AddHandshakePolicy(Func<HttpContext, RateLimitPartition<TPartitionKey>>)",
            "AddHandshakePolicy", Trigger.Open)
        {
            Services = (services, fault) => services.AddRateLimiter(limiter => limiter.AddHandshakePolicy("connects", _ =>
            {
                fault.Run().GetAwaiter().GetResult();
                return RateLimitPartition.GetNoLimiter("");
            })),
            App = (app, _) => app.UseRateLimiter(),
            Endpoint = endpoint => endpoint.RequireRateLimiting("connects"),
        },
        .. Namespaces("ISocketNamespace`1", "/", io => new(io.Of("/"))),
        .. Namespaces("DynamicNamespaces", "/room-1", io => new(io.Of(new Regex(@"^/room-[0-9]\z")))),
        new("SocketIOServer.Of(Func<String, SocketArgument, CancellationToken, ValueTask<Boolean>>)", "Of", Trigger.Join)
        {
            Path = "/tenant",
            Server = (io, fault) => io.Of((_, _, _) => new ValueTask<bool>(fault.Run(true))).On("ping", (_, _) => Task.CompletedTask),
        },
        .. Authentications(),
        new("SocketIOServer.OnNamespaceCreated(Func<ISocketNamespace<AnyEvents>, Task>)", "OnNamespaceCreated", Trigger.Join)
        {
            Path = "/tenant",
            Server = (io, fault) =>
            {
                io.Of(new Regex(@"^/tenant\z")).On("ping", (_, _) => Task.CompletedTask);

                // The other calls of a fault create a namespace, too.
                io.OnNamespaceCreated(ns => ns.Path == "/tenant" ? fault.Run() : Task.CompletedTask);
            },
        },
        .. TypedMembers.All,
        .. Rooms(),
        .. Sockets(),
        .. ServerEvents(),
        new("SocketEventsRecorder.Acknowledge(Func<SocketArguments, SocketArguments>)", null, Trigger.Recorder)
        {
            SelfRuns = Deep,
            Recorder = (recorder, fault) => recorder.Acknowledge(Say, arguments =>
            {
                _ = fault.Run().ContinueWith(static ended => ended.Exception, TaskScheduler.Default);
                return SocketArguments.Of();
            }),
        },
        new("SocketEventsRecorder.Acknowledge(Func<SocketArguments, Task<SocketArguments>>)", null, Trigger.Recorder)
        {
            SelfRuns = Deep,
            Recorder = (recorder, fault) => recorder.Acknowledge(Say, _ => fault.Run(SocketArguments.Of())),
        },
    ];

    private static IEnumerable<DelegateMember> Namespaces(string type, string path, Func<SocketIOServer, Handled> of)
    {
        DelegateMember Member(
            string name, string place, Trigger trigger, Action<Handled, Fault> add, string? declaring = null) =>
            new($"{declaring ?? type}.{name}", place, trigger)
            {
                Path = path,
                Server = (io, fault) => add(of(io), fault),
            };

        // The interface of both declares those of a namespace.
        var events = type == nameof(DynamicNamespaces) ? type : nameof(IEventHandlers);
        yield return Member("Use(Func<ISocket, Task>)", "Use", Trigger.Join, (ns, fault) => ns.Use(_ => fault.Run()));
        yield return Member("OnConnected(Func<ISocket, Task>)", "OnConnected", Trigger.Join,
            (ns, fault) => ns.OnConnected(_ => fault.Run()));
        yield return Member("On(Func<ISocket, SocketArguments, Task>)", "event handler", Trigger.Say,
            (ns, fault) => ns.Events.On(Say, (_, _) => fault.Run()), events);
        yield return Member("On(Func<ISocket, SocketArguments, Task<SocketArguments>>)", "event handler", Trigger.Say,
            (ns, fault) => ns.Events.On(Say, (_, _) => fault.Run(SocketArguments.Of())), events);
        yield return Member("On(Func<ISocket, SocketArguments, Task<SocketArgument>>)", "event handler", Trigger.Say,
            (ns, fault) => ns.Events.On(Say, (_, _) => fault.Run(SocketArgument.Null)), events);
        yield return Member("Once(Func<ISocket, SocketArguments, Task>)", "event handler", Trigger.Say,
            (ns, fault) => ns.Events.Once(Say, (_, _) => fault.Run()), events);
        yield return Member("Once(Func<ISocket, SocketArguments, Task<SocketArguments>>)", "event handler", Trigger.Say,
            (ns, fault) => ns.Events.Once(Say, (_, _) => fault.Run(SocketArguments.Of())), events);
        yield return Member("Once(Func<ISocket, SocketArguments, Task<SocketArgument>>)", "event handler", Trigger.Say,
            (ns, fault) => ns.Events.Once(Say, (_, _) => fault.Run(SocketArgument.Null)), events);
        yield return Member("OnAny(Func<ISocket, String, SocketArguments, Task>)", "OnAny", Trigger.Say,
            (ns, fault) => ns.OnAny((_, _, _) => fault.Run()));
        yield return Member("PrependAny(Func<ISocket, String, SocketArguments, Task>)", "OnAny", Trigger.Say,
            (ns, fault) => ns.PrependAny((_, _, _) => fault.Run()));
    }

    private static IEnumerable<DelegateMember> Rooms()
    {
        // The other calls of a fault create a room, too.
        const string other = "room";
        static DelegateMember Member(string name, string type, Trigger trigger, Action<ISocketNamespace<AnyEvents>, Fault> add) =>
            new($"ISocketNamespace`1.{name}({type})", name, trigger) { Server = (io, fault) => add(io.Of("/"), fault) };

        yield return Member("OnRoomCreated", "Func<String, Task>", Trigger.Join,
            (ns, fault) => ns.OnRoomCreated(room => room == other ? Task.CompletedTask : fault.Run()));
        yield return Member("OnRoomDeleted", "Func<String, Task>", Trigger.Leave,
            (ns, fault) => ns.OnRoomDeleted(room => room == other ? Task.CompletedTask : fault.Run()));
        yield return Member("OnRoomJoined", "Func<String, SocketId, Task>", Trigger.Join,
            (ns, fault) => ns.OnRoomJoined((room, _) => room == other ? Task.CompletedTask : fault.Run()));
        yield return Member("OnRoomLeft", "Func<String, SocketId, Task>", Trigger.Leave,
            (ns, fault) => ns.OnRoomLeft((room, _) => room == other ? Task.CompletedTask : fault.Run()));
    }

    // None of them finds a token, so that their clients stay anonymous.
    private static IEnumerable<DelegateMember> Authentications()
    {
        static SocketArgument Token(Fault fault)
        {
            fault.Run().GetAwaiter().GetResult();
            return SocketArgument.Null;
        }

        (string Text, Func<Fault, Action<SocketIOBuilder?, ISocketNamespace<AnyEvents>?, DynamicNamespaces?>> Add)[] forms =
        [
            ("Func<SocketArgument, SocketArgument>", fault => (builder, ns, group) =>
            {
                builder?.AddAuthentication(TestScheme.Name, _ => Token(fault));
                ns?.AddAuthentication(TestScheme.Name, _ => Token(fault));
                group?.AddAuthentication(TestScheme.Name, _ => Token(fault));
            }),
            ("Action<HttpRequest, SocketArgument>", fault => (builder, ns, group) =>
            {
                builder?.AddAuthentication(TestScheme.Name, (HttpRequest _, SocketArgument _) => { Token(fault); });
                ns?.AddAuthentication(TestScheme.Name, (HttpRequest _, SocketArgument _) => { Token(fault); });
                group?.AddAuthentication(TestScheme.Name, (HttpRequest _, SocketArgument _) => { Token(fault); });
            }),
            ("Func<HttpRequest, SocketArgument, Task>", fault => (builder, ns, group) =>
            {
                builder?.AddAuthentication(TestScheme.Name, (_, _) => fault.Run());
                ns?.AddAuthentication(TestScheme.Name, (_, _) => fault.Run());
                group?.AddAuthentication(TestScheme.Name, (_, _) => fault.Run());
            }),
        ];
        foreach (var (text, add) in forms)
        {
            DelegateMember Member(string type) =>
                new($"{type}.AddAuthentication({text})", "AddAuthentication", Trigger.Join) { Services = TestScheme.Add };

            yield return Member("SocketIOAuthenticationExtensions") with
            {
                Services = (services, fault) =>
                {
                    TestScheme.Add(services, fault);
                    add(fault)(new SocketIOBuilder(services), null, null);
                },
            };
            yield return Member("SocketNamespaceIdentityExtensions") with
            {
                Server = (io, fault) => add(fault)(null, io.Of("/"), null),
            };
            yield return Member("DynamicNamespacesIdentityExtensions") with
            {
                Path = "/room-1",
                Server = (io, fault) =>
                {
                    var rooms = io.Of(new Regex(@"^/room-[0-9]\z"));
                    rooms.On("ping", (_, _) => Task.CompletedTask);
                    add(fault)(null, null, rooms);
                },
            };
        }
    }

    private static IEnumerable<DelegateMember> Sockets()
    {
        // Events sent by a handler of outgoing events are not passed to such handlers.
        static DelegateMember Member(string name, string place, Trigger trigger, Action<ISocket, Fault> add) =>
            new($"ISocket.{name}", place, trigger) { Socket = add, SelfRuns = trigger == Trigger.Send ? (1, 1) : (2, 2) };

        yield return Member("On(Func<SocketArguments, Task>)", "event handler", Trigger.Say,
            (socket, fault) => socket.On(Say, _ => fault.Run()));
        yield return Member("On(Func<SocketArguments, Task<SocketArguments>>)", "event handler", Trigger.Say,
            (socket, fault) => socket.On(Say, _ => fault.Run(SocketArguments.Of())));
        yield return Member("On(Func<SocketArguments, Task<SocketArgument>>)", "event handler", Trigger.Say,
            (socket, fault) => socket.On(Say, _ => fault.Run(SocketArgument.Null)));
        yield return Member("Once(Func<SocketArguments, Task>)", "event handler", Trigger.Say,
            (socket, fault) => socket.Once(Say, _ => fault.Run()));
        yield return Member("Once(Func<SocketArguments, Task<SocketArguments>>)", "event handler", Trigger.Say,
            (socket, fault) => socket.Once(Say, _ => fault.Run(SocketArguments.Of())));
        yield return Member("Once(Func<SocketArguments, Task<SocketArgument>>)", "event handler", Trigger.Say,
            (socket, fault) => socket.Once(Say, _ => fault.Run(SocketArgument.Null)));
        yield return Member("OnAny(Func<String, SocketArguments, Task>)", "OnAny", Trigger.Say,
            (socket, fault) => socket.OnAny((_, _) => fault.Run()));
        yield return Member("PrependAny(Func<String, SocketArguments, Task>)", "OnAny", Trigger.Say,
            (socket, fault) => socket.PrependAny((_, _) => fault.Run()));
        yield return Member("PrependAnyOutgoing(Func<String, SocketArguments, Task>)", "OnAnyOutgoing", Trigger.Send, (socket, fault) =>
        {
            (fault.Itself, fault.WithoutEnd) = (() => ((ServerSocket)socket).Namespace.For<AnyEvents>().All.Emit("tick"), true);
            socket.PrependAnyOutgoing((_, _) => fault.Run());
        });
        yield return Member("Use(Func<SocketEvent, Func<Task>, Task>)", "Use", Trigger.Say,
            (socket, fault) => socket.Use((sent, next) => sent.Name == Say ? Both(fault, next) : next()));
        yield return Member("OnAnyOutgoing(Func<String, SocketArguments, Task>)", "OnAnyOutgoing", Trigger.Send, (socket, fault) =>
        {
            (fault.Itself, fault.WithoutEnd) = (() => ((ServerSocket)socket).Namespace.For<AnyEvents>().All.Emit("tick"), true);
            socket.OnAnyOutgoing((_, _) => fault.Run());
        });
        yield return Member("OnAnyOutgoing(Action<String, SocketArguments>)", "OnAnyOutgoing", Trigger.Send, (socket, fault) =>
        {
            (fault.Itself, fault.WithoutEnd) = (() => socket.Client<AnyEvents>().Emit("tick"), true);
            socket.OnAnyOutgoing((_, _) => fault.RunVoid());
        });
        yield return Member("OnUpgraded(Func<String, Task>)", "OnUpgraded", Trigger.Upgrade,
            (socket, fault) => socket.OnUpgraded(_ => fault.Run()));
        yield return Member("OnDrained(Func<Task>)", "OnDrained", Trigger.Send, (socket, fault) =>
        {
            IDisposable? added = null;
            added = socket.OnDrained(() =>
            {
                added!.Dispose();
                return fault.Run();
            });
        }) with { SelfRuns = (2, 2) };
        yield return Member("OnDisconnecting(Func<DisconnectInfo, Task>)", "OnDisconnecting", Trigger.Leave,
            (socket, fault) => socket.OnDisconnecting(_ => fault.Run()));
        yield return Member("OnDisconnected(Func<DisconnectInfo, Task>)", "OnDisconnected", Trigger.Leave, (socket, fault) =>
        {
            fault.Itself = () => socket.OnDisconnected(_ => fault.Run());
            socket.OnDisconnected(_ => fault.Run());
        });
    }

    private static IEnumerable<DelegateMember> ServerEvents()
    {
        static DelegateMember Member(string name, Action<ISocketNamespace<AnyEvents>, Fault> add) =>
            new(name, "server event say", Trigger.ServerEvent) { Server = (io, fault) => add(io.Of("/"), fault) };

        yield return Member("ISocketNamespace`1.OnServerEvent(Func<SocketArguments, Task>)",
            (ns, fault) => ns.OnServerEvent(Say, _ => fault.Run()));
        yield return Member("ISocketNamespace`1.OnServerEvent(Func<SocketArguments, Task<SocketArguments>>)",
            (ns, fault) => ns.OnServerEvent(Say, (Func<SocketArguments, Task<SocketArguments>>)(_ => fault.Run(SocketArguments.Of()))));
        yield return Member("ISocketNamespace`1.OnServerEvent(Func<SocketArguments, Task<Nullable<SocketArguments>>>)",
            (ns, fault) => ns.OnServerEvent(Say, _ => fault.Run<SocketArguments?>(null)));
        yield return Member("ISocketNamespace`1.OnceServerEvent(Func<SocketArguments, Task>)",
            (ns, fault) => ns.OnceServerEvent(Say, _ => fault.Run()));
        yield return Member("ISocketNamespace`1.OnceServerEvent(Func<SocketArguments, Task<SocketArguments>>)",
            (ns, fault) => ns.OnceServerEvent(Say, (Func<SocketArguments, Task<SocketArguments>>)(_ => fault.Run(SocketArguments.Of()))));
        yield return Member("ISocketNamespace`1.OnceServerEvent(Func<SocketArguments, Task<Nullable<SocketArguments>>>)",
            (ns, fault) => ns.OnceServerEvent(Say, _ => fault.Run<SocketArguments?>(null)));
    }

    private static Task Both(Fault fault, Func<Task> next)
    {
        var running = fault.Run();
        return ThenAsync();

        async Task ThenAsync()
        {
            await running;
            await next();
        }
    }
}

/// <summary>A namespace or a group of dynamic namespaces, which have the same members for handlers.</summary>
internal readonly struct Handled
{
    private readonly ISocketNamespace<AnyEvents>? _one;
    private readonly DynamicNamespaces? _many;

    public Handled(ISocketNamespace<AnyEvents> one) => _one = one;

    public Handled(DynamicNamespaces many) => (_many, _) = (many, many.On("ping", (_, _) => Task.CompletedTask));

    public void Use(Func<ISocket, Task> middleware) => _ = _one?.Use(middleware) ?? _many!.Use(middleware);

    public void OnConnected(Func<ISocket, Task> handler) => _ = _one?.OnConnected(handler) ?? _many!.OnConnected(handler);

    public IEventHandlers Events => (IEventHandlers?)_one ?? _many!;

    public void OnAny(Func<ISocket, string, SocketArguments, Task> handler) => _ = _one?.OnAny(handler) ?? _many!.OnAny(handler);

    public void PrependAny(Func<ISocket, string, SocketArguments, Task> handler) =>
        _ = _one?.PrependAny(handler) ?? _many!.PrependAny(handler);
}
