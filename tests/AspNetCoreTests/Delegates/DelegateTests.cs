using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Delegates;

/// <summary>A delegate of the application that goes wrong harms itself only, whichever member it was given to.</summary>
public class DelegateTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly LogEntries _log = new();

    public static TheoryData<string, MisdeedKind> Cases =>
        new(from member in DelegateMember.All from kind in Enum.GetValues<MisdeedKind>() select (member.Signature, kind));

    [Fact]
    public void The_theory_runs_every_public_member_with_a_delegate_that_runs_while_the_server_serves() =>
        Assert.Equal(Members().Order(StringComparer.Ordinal), DelegateMember.All.Select(member => member.Signature).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_delegate_without_a_task_has_an_overload_that_an_async_lambda_binds_to()
    {
        var overloads = Types().SelectMany(type => type.GetMethods(Declared)).Where(method => method.GetParameters().Any(IsServing)).ToLookup(
            method => $"{method.DeclaringType!.Name}.{method.Name}", method => method.GetParameters().First(IsServing).ParameterType);
        Assert.All(overloads, member => Assert.Contains(member, delegated => Awaits(delegated.GetMethod("Invoke")!.ReturnType)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_delegate_that_goes_wrong_harms_itself_only(string signature, MisdeedKind kind)
    {
        var member = DelegateMember.All.Single(one => one.Signature == signature);
        var misdeed = new Misdeed(kind);
        await using var server = await StartAsync(member, misdeed);
        using var failures = new Counts(server, "typedsocketredis.server.handlers.failed");
        misdeed.Api = () => CallAsync(server.Server);
        using var first = await TriggerAsync(server, member, misdeed);
        await misdeed.Ran.WaitAsync(TestServer.Patience);

        using var second = await SioClient.OpenAsync(server, polling: false);
        await ServedAsync(second, member.Path);
        misdeed.Release();
        if (kind is not (MisdeedKind.Throw or MisdeedKind.ThrowLater) || member.Place is null) return;

        // Nothing tells when the failure has been reported.
        var patience = TestServer.Patience;
        while (failures.Sum == 0 || !_log.Errors.Any(entry => entry.Contains(member.Place, StringComparison.Ordinal)))
        {
            patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await ServedAsync(second, member.Path, isJoined: true);
    }

    private static IEnumerable<string> Members()
    {
        foreach (var type in Types())
        {
            foreach (var method in type.GetMethods(Declared).Where(method => !method.IsSpecialName))
            {
                if (method.GetParameters().FirstOrDefault(IsServing) is { } parameter)
                    yield return $"{type.Name}.{method.Name}({(parameter.Name == "handler" && method.Name == "MapEngineIO" ? "handler" : Text(parameter.ParameterType))})";
            }

            foreach (var property in type.GetProperties(Declared).Where(property => IsDelegate(property.PropertyType) && property.SetMethod?.IsPublic == true))
                yield return $"{type.Name}.{property.Name}";
            foreach (var one in type.GetEvents(Declared)) yield return $"{type.Name}.{one.Name}";
        }
    }

    // What only generated code calls has its delegates from the generator. The partitioner of a rate limiter's policy is run by ASP.NET
    // Core's own middleware, as for every policy, and cannot be asynchronous.
    private static IEnumerable<Type> Types() => new[] { typeof(SocketNamespace).Assembly, typeof(SocketEventsRecorder).Assembly }
        .SelectMany(assembly => assembly.GetExportedTypes())
        .Where(type => !type.IsSubclassOf(typeof(Delegate)) && type.GetCustomAttribute<EditorBrowsableAttribute>()?.State != EditorBrowsableState.Never)
        .Where(type => !type.IsNested && type != typeof(Microsoft.AspNetCore.Builder.HandshakeRateLimiterOptionsExtensions));

    // Delegates called "configure" run before the server starts; those of generated code read and write values.
    private static bool IsServing(ParameterInfo parameter) => IsDelegate(parameter.ParameterType)
        && parameter.Name != "configure" && parameter.ParameterType.Namespace != "TypedSocketRedis.Protocol";

    private static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(Delegate));

    private static bool Awaits(Type result) => result.IsSubclassOf(typeof(Task)) || result == typeof(Task) || result == typeof(ValueTask)
        || (result.IsGenericType && result.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static string Text(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Text))}>"
        : type.Name;

    private Task<TestServer> StartAsync(DelegateMember member, Misdeed misdeed)
    {
        var sockets = 0;
        return TestServer.StartAsync(
            options =>
            {
                options.PingInterval = TimeSpan.FromHours(1);
                member.Options?.Invoke(options, misdeed);
            },
            map: io =>
            {
                io.Of("/").On("ping", (_, _) => Task.CompletedTask);
                member.Server?.Invoke(io, misdeed);
                if (member.Socket is { } add) io.Of("/").OnConnected(socket =>
                {
                    if (Interlocked.Increment(ref sockets) == 1) add(socket, misdeed);
                    return Task.CompletedTask;
                });
            },
            use: app => member.App?.Invoke(app, misdeed),
            services: services => services.AddSingleton<ILoggerProvider>(_log));
    }

    private static async Task CallAsync(SocketIOServer io)
    {
        io.Of("/").On("more", (_, _) => Task.CompletedTask).OnConnected(_ => Task.CompletedTask);
        io.Of("/").Clients().Emit("back", 1);
        await io.Of("/").Clients().FetchSocketsAsync(TestServer.Patience);
        await io.Of("/").Clients().SocketsJoinAsync(["room"], TestServer.Patience);
    }

    private static async Task<IDisposable?> TriggerAsync(TestServer server, DelegateMember member, Misdeed misdeed)
    {
        switch (member.Trigger)
        {
            case Trigger.Open:
                var client = new HttpClient();
                _ = client.GetAsync(server.Url("EIO=4&transport=polling"), TestServer.Patience);
                return client;
            case Trigger.Engine:
                var engine = new HttpClient();
                _ = engine.GetAsync(new Uri(server.Address, "/engine.io/?EIO=4&transport=polling"), TestServer.Patience);
                return engine;
            case Trigger.ServerEvent:
                _ = Task.Run(() => server.Server.Of("/").ServerEvents.DispatchAsync("say", EventArguments.Of(), null));
                return null;
            case Trigger.Recorder:
                var recorder = new SocketEventsRecorder();
                member.Recorder!(recorder, misdeed);
                misdeed.Itself = () => _ = recorder.Of("/").EmitWithAck("say");
                misdeed.WithoutEnd = true;
                _ = Task.Run(() => _ = recorder.Of("/").EmitWithAck("say"));
                return null;
            default:
                var sio = await SioClient.OpenAsync(server, polling: false);
                await sio.SendAsync(member.Path == "/" ? "40" : $"40{member.Path},");
                if (member.Trigger == Trigger.Join) return sio;
                await AckedAsync(sio, member.Path);
                await sio.SendAsync(member.Trigger == Trigger.Leave ? "41" : $"42{Prefix(member.Path)}[\"say\"]");
                if (member.Trigger == Trigger.Send) await server.Server.Of("/").Clients().EmitAsync("tick");
                return sio;
        }
    }

    // The handlers of the connection have run when an event is acknowledged.
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
