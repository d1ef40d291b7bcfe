using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Handlers;

/// <summary>Filters around events, connections and disconnections.</summary>
public class FilterTests
{
    [Fact]
    public async Task Filters_wrap_handlers_in_the_order_of_their_registration_and_change_results()
    {
        var trace = new Trace();
        await using var server = await HandlerServer.StartAsync(
            trace, io => io.AddHandler<NoteHandler>().AddFilter<OuterFilter>().AddFilter<InnerFilter>());
        var (client, _) = await SioClient.ConnectAsync(server, path: "/notes");
        Assert.Equal("""["x","changed"]""", await client.AckAsync("/notes", """["echo","x"]"""));
        await client.SendAsync("41/notes,");
        await trace.Ended.Task.WaitAsync(TestServer.Patience);
        client.Dispose();
        Assert.Equal(
            [
                "outer connect", "inner connect", "connected", "inner connected", "outer connected",
                "outer echo x", "inner echo 0", "inner got 1", "outer got 1",
                "outer disconnect", "inner disconnect", "disconnected client namespace disconnect, 2 rooms", "end",
            ],
            trace.All.Where(text => !text.StartsWith("unit ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_filter_that_does_not_call_next_skips_the_handler()
    {
        var trace = new Trace();
        await using var server = await HandlerServer.StartAsync(trace, io => io.AddHandler<NoteHandler>().AddFilter<StoppingFilter>());
        var (client, _) = await SioClient.ConnectAsync(server, path: "/notes");
        using var __ = client;
        Assert.Equal("""["stopped"]""", await client.AckAsync("/notes", """["echo","x"]"""));
        Assert.Equal("""[{"error":"next twice"}]""", await client.AckAsync("/notes", """["unit?"]"""));
        Assert.DoesNotContain("connected", trace.All);
    }

    [Fact]
    public async Task Handler_exceptions_pass_through_filters_and_those_of_filters_are_acknowledged()
    {
        var log = new LogEntries();
        await using var server = await HandlerServer.StartAsync(
            new Trace(), io => io.AddHandler<NoteHandler>().AddFilter<CatchingFilter>(), log: log);
        var (client, _) = await SioClient.ConnectAsync(server, path: "/notes");
        using var __ = client;
        Assert.Equal("""["caught secret"]""", await client.AckAsync("/notes", """["fail","secret"]"""));
        Assert.Equal("""[{"error":"No such note."}]""", await client.AckAsync("/notes", """["fail","told"]"""));
        Assert.Equal("""[{"error":"The event could not be handled."}]""", await client.AckAsync("/notes", """["clear"]"""));
        Assert.Equal("of the filter", Assert.Single(log.Of(2003))!.Message);
    }

    [Fact]
    public async Task A_filter_shares_the_scope_of_its_event_with_the_handler()
    {
        var trace = new Trace();
        await using var server = await HandlerServer.StartAsync(trace, io => io.AddHandler<NoteHandler>().AddFilter<UnitFilter>());
        var (client, _) = await SioClient.ConnectAsync(server, path: "/notes");
        using var __ = client;
        var ack = await client.AckAsync("/notes", """["unit?"]""");
        Assert.Contains($"filter of {ack[1..^1]}", trace.All);
        Assert.Contains("metadata NoteAttribute", trace.All);
    }

    [Fact]
    public async Task Events_without_filters_and_authorization_have_no_further_steps()
    {
        await using var server = await HandlerServer.StartAsync(new Trace(), io => io.AddHandler<NoteHandler>());
        Assert.Null(server.Server.Namespaces.Of("/notes").Pipeline);
        await using var filtered = await HandlerServer.StartAsync(
            new Trace(), io => io.AddHandler<NoteHandler>().AddFilter<PassingFilter>());
        Assert.NotNull(filtered.Server.Namespaces.Of("/notes").Pipeline);
    }

    [Fact]
    public async Task Filters_wrap_untyped_handlers_and_the_first_result_or_error_counts()
    {
        var trace = new Trace();
        var log = new LogEntries();
        await using var server = await HandlerServer.StartAsync(trace, io => io.AddFilter<InnerFilter>(), log: log, map: io =>
        {
            io.Of("/").On("say", (_, arguments) => Task.FromResult(SocketArguments.Of(arguments[0].GetString(), 2)));
            io.Of("/").On("say", (_, _) => Task.FromException(new InvalidOperationException("second")));
            io.Of("/").On("ask", (_, _) => Task.FromException(new SocketEventException("first")));
            io.Of("/").On("ask", (_, _) => Task.FromResult(SocketArguments.Of(2)));
        });
        var (client, _) = await SioClient.ConnectAsync(server);
        using var __ = client;
        Assert.Equal("""["x","changed"]""", await client.AckAsync("/", """["say","x"]"""));
        Assert.Equal("second", Assert.Single(log.Of(2003))!.Message);
        Assert.Equal("""[{"error":"first"}]""", await client.AckAsync("/", """["ask","x"]"""));
        Assert.Equal(["inner connect", "inner connected", "inner say 0", "inner got 2", "inner ask 0"], trace.All);
    }

    [Fact]
    public void A_filter_that_is_added_twice_is_an_error()
    {
        var builder = new ServiceCollection().AddSocketIO().AddFilter<OuterFilter>();
        var exception = Assert.Throws<InvalidOperationException>(() => builder.AddFilter<OuterFilter>());
        Assert.Contains("OuterFilter is added twice", exception.Message, StringComparison.Ordinal);
    }
}

internal sealed class OuterFilter(Trace trace) : ISocketFilter
{
    public async ValueTask<SocketArguments> OnEventAsync(
        SocketEventContext context, Func<SocketEventContext, ValueTask<SocketArguments>> next)
    {
        trace.Add($"outer {context.Name} {context.Arguments[0].GetString()}");
        var result = await next(context);
        trace.Add($"outer got {result.Count - 1}");
        return result;
    }

    public async Task OnConnectedAsync(ISocket socket, Func<ISocket, Task> next)
    {
        trace.Add("outer connect");
        await next(socket);
        trace.Add("outer connected");
    }

    public async Task OnDisconnectedAsync(ISocket socket, DisconnectInfo info, Func<ISocket, DisconnectInfo, Task> next)
    {
        trace.Add("outer disconnect");
        await next(socket, info);
        trace.Add("end");
    }
}

internal sealed class InnerFilter(Trace trace) : ISocketFilter
{
    public async ValueTask<SocketArguments> OnEventAsync(
        SocketEventContext context, Func<SocketEventContext, ValueTask<SocketArguments>> next)
    {
        trace.Add($"inner {context.Name} {context.Arguments.Count - 1}");
        var result = await next(context);
        trace.Add($"inner got {result.Count}");
        return SocketArguments.Of(result[0].GetString(), "changed");
    }

    public async Task OnConnectedAsync(ISocket socket, Func<ISocket, Task> next)
    {
        trace.Add("inner connect");
        await next(socket);
        trace.Add("inner connected");
    }

    public Task OnDisconnectedAsync(ISocket socket, DisconnectInfo info, Func<ISocket, DisconnectInfo, Task> next)
    {
        trace.Add("inner disconnect");
        return next(socket, info);
    }
}

internal sealed class StoppingFilter : ISocketFilter
{
    public async ValueTask<SocketArguments> OnEventAsync(
        SocketEventContext context, Func<SocketEventContext, ValueTask<SocketArguments>> next)
    {
        if (context.Name == "echo") return SocketArguments.Of("stopped");
        await next(context);
        try
        {
            return await next(context);
        }
        catch (InvalidOperationException)
        {
            throw new SocketEventException("next twice");
        }
    }

    public Task OnConnectedAsync(ISocket socket, Func<ISocket, Task> next) => Task.CompletedTask;
}

internal sealed class CatchingFilter : ISocketFilter
{
    public async ValueTask<SocketArguments> OnEventAsync(
        SocketEventContext context, Func<SocketEventContext, ValueTask<SocketArguments>> next)
    {
        try
        {
            await next(context);
        }
        catch (InvalidOperationException exception)
        {
            return SocketArguments.Of($"caught {exception.Message}");
        }

        throw new InvalidOperationException("of the filter");
    }
}

internal sealed class UnitFilter(Trace trace, NoteUnit unit) : ISocketFilter
{
    public ValueTask<SocketArguments> OnEventAsync(
        SocketEventContext context, Func<SocketEventContext, ValueTask<SocketArguments>> next)
    {
        trace.Add($"filter of {unit.Number}");
        Assert.Same(unit, context.Services.GetRequiredService<NoteUnit>());
        foreach (var one in context.Metadata) trace.Add($"metadata {one.GetType().Name}");
        return next(context);
    }
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class NoteAttribute : Attribute;
