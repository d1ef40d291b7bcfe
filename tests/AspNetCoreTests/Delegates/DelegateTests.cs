using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Delegates;

/// <summary>A misbehaving delegate of the application affects only itself, for every public member that takes a delegate.</summary>
public class DelegateTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly LogEntries _log = new();

    public static TheoryData<string, FaultKind> Cases =>
        new(from member in DelegateMember.All from kind in Enum.GetValues<FaultKind>() select (member.Signature, kind));

    [Fact]
    public void The_theory_covers_every_public_member_with_a_delegate_that_runs_while_serving() =>
        Assert.Equal(Members().Order(StringComparer.Ordinal),
            DelegateMember.All.Select(member => member.Signature).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_delegate_without_a_task_has_an_overload_that_an_async_lambda_binds_to()
    {
        var overloads = Types().SelectMany(type => type.GetMethods(Declared)).Where(method => method.GetParameters().Any(IsServing))
            .ToLookup(
            method => $"{method.DeclaringType!.Name}.{method.Name}", method => method.GetParameters().First(IsServing).ParameterType);
        Assert.All(overloads,
            member => Assert.Contains(member, delegated => Awaits(delegated.GetMethod("Invoke")!.ReturnType) || IsPartitioner(delegated)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_misbehaving_delegate_affects_only_itself(string signature, FaultKind kind)
    {
        var member = DelegateMember.All.Single(one => one.Signature == signature);
        using var fault = new Fault(kind);
        await using var server = await StartAsync(member, fault);
        using var failures = new Counts(server, "typedsocketredis.server.handlers.failed");
        fault.Api = () => CallAsync(server.Server);
        using var first = await TriggerAsync(server, member, fault);
        await fault.Ran.WaitAsync(TestServer.Patience);
        if (kind != FaultKind.Block) await fault.Done.WaitAsync(TestServer.Patience);
        await AssertRunsAsync(member, fault, kind);

        using var second = await SioClient.OpenAsync(server, polling: false);
        await ServedAsync(second, member.Path);
        Assert.Equal(kind != FaultKind.Block, fault.Done.IsCompleted);
        fault.Release();
        await fault.Done.WaitAsync(TestServer.Patience);
        await first.Ended.WaitAsync(TestServer.Patience);
        if (kind is FaultKind.Throw or FaultKind.ThrowLater && member.Place is not null)
            await ReportedAsync(failures, member.Place);
        await ServedAsync(second, member.Path, isJoined: true);
        if (fault.WithoutEnd) await AssertRunsAsync(member, fault, kind);
    }

    private static async Task AssertRunsAsync(DelegateMember member, Fault fault, FaultKind kind)
    {
        // A run caused by the first run may come later.
        var patience = TestServer.Patience;
        while (kind == FaultKind.CallItself && fault.Runs < member.SelfRuns.Min)
        {
            patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        if (kind == FaultKind.CallItself) Assert.InRange(fault.Runs, member.SelfRuns.Min, member.SelfRuns.Max);
        else Assert.Equal(1, fault.Runs);
    }

    // No event signals a reported failure, so the counter and the log are polled.
    private async Task ReportedAsync(Counts failures, string place)
    {
        var patience = TestServer.Patience;
        while (failures.Sum == 0 || !_log.Errors.Any(entry => entry.Contains(place, StringComparison.Ordinal)))
        {
            patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static IEnumerable<string> Members()
    {
        foreach (var type in Types())
        {
            foreach (var method in type.GetMethods(Declared).Where(method => !method.IsSpecialName))
            {
                if (method.GetParameters().FirstOrDefault(IsServing) is { } parameter)
                {
                    var isEngineHandler = method.Name == "MapEngineIO" && parameter.Name == "handler";
                    yield return $"{type.Name}.{method.Name}({(isEngineHandler ? "handler" : Text(parameter.ParameterType))})";
                }
            }

            foreach (var property in type.GetProperties(Declared)
                .Where(property => IsDelegate(property.PropertyType) && property.SetMethod?.IsPublic == true))
                yield return $"{type.Name}.{property.Name}";
            foreach (var one in type.GetEvents(Declared)) yield return $"{type.Name}.{one.Name}";
        }
    }

    // Members that only generated code calls receive their delegates from the generator. Those of the harness run in a client of a test.
    private static IEnumerable<Type> Types() =>
        new[] { typeof(SocketIOServer).Assembly, typeof(SocketEventsAttribute).Assembly, typeof(RedisAdapterOptions).Assembly }
        .SelectMany(assembly => assembly.GetExportedTypes()).Append(typeof(SocketEventsRecorder))
        .Where(type => !type.IsSubclassOf(typeof(Delegate))
            && type.GetCustomAttribute<EditorBrowsableAttribute>()?.State != EditorBrowsableState.Never)
        .Where(type => !type.IsNested);

    // Delegates called "configure" or "create" run before the server starts, and those called "next" are the server's own; those of
    // generated code read and write values.
    private static bool IsServing(ParameterInfo parameter) => IsDelegate(parameter.ParameterType)
        && parameter.Name is not ("configure" or "create" or "next") && parameter.ParameterType.Namespace != "TypedSocketRedis.Protocol";

    // ASP.NET Core's rate limiter calls it without awaiting; an async lambda does not compile as a partitioner.
    private static bool IsPartitioner(Type type) =>
        type.IsGenericType && type.GetGenericArguments()[^1].Name.StartsWith("RateLimitPartition", StringComparison.Ordinal);

    private static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(Delegate));

    private static bool Awaits(Type result) => result.IsSubclassOf(typeof(Task)) || result == typeof(Task) || result == typeof(ValueTask)
        || (result.IsGenericType && result.GetGenericTypeDefinition() == typeof(ValueTask<>));

    /// <summary>Returns the name of a type with its type arguments.</summary>
    internal static string Text(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Text))}>"
        : type.Name;

    private Task<TestServer> StartAsync(DelegateMember member, Fault fault)
    {
        var sockets = 0;
        return TestServer.StartAsync(
            options =>
            {
                options.PingInterval = TimeSpan.FromHours(1);
                member.Options?.Invoke(options, fault);
            },
            map: io =>
            {
                io.Of("/").On("ping", (_, _) => Task.CompletedTask);
                member.Server?.Invoke(io, fault);
                if (member.Socket is { } add) io.Of("/").OnConnected(socket =>
                {
                    if (Interlocked.Increment(ref sockets) == 1) add(socket, fault);
                    return Task.CompletedTask;
                });
            },
            use: app => member.App?.Invoke(app, fault),
            services: services =>
            {
                services.AddSingleton<ILoggerProvider>(_log);
                member.Services?.Invoke(services, fault);
            },
            endpoint: endpoint => member.Endpoint?.Invoke(endpoint));
    }

    private static async Task CallAsync(SocketIOServer io)
    {
        io.Of("/").On("more", (_, _) => Task.CompletedTask);
        io.Of("/").OnConnected(_ => Task.CompletedTask);
        io.Of("/").All.Emit("back", 1);
        await io.Of("/").All.FetchSocketsAsync(TestServer.Patience);
        await io.Of("/").All.JoinAsync(["room"], TestServer.Patience);
        await io.Of("/").All.LeaveAsync(["room"], TestServer.Patience);
        await io.Of("/").To("empty").DisconnectAsync(cancellationToken: TestServer.Patience);
        io.Of("/made").On("more", (_, _) => Task.CompletedTask);
        io.Of("/made").All.Emit("back", 1);
    }

    private static async Task<Triggered> TriggerAsync(TestServer server, DelegateMember member, Fault fault)
    {
        switch (member.Trigger)
        {
            case Trigger.Open:
                var client = new HttpClient();
                return new Triggered(client, client.GetAsync(server.Url("EIO=4&transport=polling"), TestServer.Patience));
            case Trigger.Refuse:
                var refused = new HttpClient();
                return new Triggered(refused, refused.GetAsync(server.Url("EIO=4&transport=unknown"), TestServer.Patience));
            case Trigger.Upgrade:
                var polling = await PollingClient.ConnectAsync(server);
                await polling.PostAsync("427[\"ping\"]");
                for (var acked = ""; !acked.Contains("437[]", StringComparison.Ordinal);) acked = await polling.PollAsync();
                var probe = await WsClient.OpenAsync(server, polling.Sid);
                await probe.SendAsync("5");
                return new Triggered(polling, probe.SendAsync("42[\"unhandled\"]"));
            case Trigger.Engine:
                var engine = new HttpClient();
                return new Triggered(engine,
                    engine.GetAsync(new Uri(server.Address, "/engine.io/?EIO=4&transport=polling"), TestServer.Patience));
            case Trigger.ServerEvent:
                return new Triggered(null,
                    Task.Run(() => server.Server.Of("/").ServerEvents.DispatchAsync("say", SocketArguments.Of(), null)));
            case Trigger.Recorder:
                var recorder = new SocketEventsRecorder();
                member.Recorder!(recorder, fault);
                fault.Itself = () => _ = recorder.Of("/").All.EmitWithAck("say");
                fault.WithoutEnd = true;
                return new Triggered(null, Task.Run(() => _ = recorder.Of("/").All.EmitWithAck("say")));
            default:
                var sio = await SioClient.OpenAsync(server, polling: false);
                await sio.SendAsync(member.Path == "/" ? "40" : $"40{member.Path},");

                // Handlers of outgoing events and of the disconnection must have been added: an ack shows that OnConnected has run.
                if (member.Trigger is Trigger.Send or Trigger.Leave) await AckedAsync(sio, member.Path);
                if (member.Trigger is Trigger.Say) await sio.SendAsync($"42{Prefix(member.Path)}[\"say\"]");
                if (member.Trigger is Trigger.Leave) await sio.SendAsync("41");
                if (member.Trigger is Trigger.Send) await server.Server.Of("/").All.EmitAsync("tick");
                return new Triggered(sio, Task.CompletedTask);
        }
    }

    /// <summary>The action that ran a delegate: its client, if any, and its completion.</summary>
    private sealed record Triggered(IDisposable? Client, Task Ended) : IDisposable
    {
        public void Dispose() => Client?.Dispose();
    }

    // The connection handlers have run when an event is acknowledged.
    private static async Task ServedAsync(SioClient client, string path, bool isJoined = false)
    {
        if (!isJoined) await client.SendAsync(path == "/" ? "40" : $"40{path},");
        await AckedAsync(client, path);
    }

    private static async Task AckedAsync(SioClient client, string path)
    {
        await client.SendAsync($"42{Prefix(path)}7[\"ping\"]");
        var packet = "";
        while (packet != $"43{Prefix(path)}7[]") packet = await client.NextAsync();
    }

    private static string Prefix(string path) => path == "/" ? "" : path + ",";
}
