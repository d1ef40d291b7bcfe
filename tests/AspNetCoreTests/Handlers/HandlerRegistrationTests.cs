using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Handlers;

/// <summary>Handlers by the form of their class, and faults of registrations.</summary>
public class HandlerRegistrationTests
{
    [Fact]
    public async Task Several_handlers_share_a_namespace_and_inherited_contracts_are_handled()
    {
        await using var server = await HandlerServer.StartAsync(
            new Trace(), io => io.AddHandler<NoteHandler>().AddHandler<TagHandler>());
        var (client, _) = await SioClient.ConnectAsync(server, path: "/notes");
        using var __ = client;
        Assert.Equal("""["+a"]""", await client.AckAsync("/notes", """["tag","a"]"""));
        Assert.Equal("""["-a"]""", await client.AckAsync("/notes", """["untag","a"]"""));
        Assert.Equal("""["a"]""", await client.AckAsync("/notes", """["echo","a"]"""));
    }

    [Fact]
    public async Task A_derived_handler_handles_the_contracts_of_its_base_class()
    {
        await using var server = await HandlerServer.StartAsync(new Trace(), io => io.AddHandler<LoudEchoHandler>());
        var (client, _) = await SioClient.ConnectAsync(server, path: "/echo");
        using var __ = client;
        Assert.Equal("""["loud"]""", await client.AckAsync("/echo", """["kind"]"""));
    }

    [Fact]
    public async Task Dynamic_namespaces_have_their_own_clients()
    {
        await using var server = await HandlerServer.StartAsync(
            new Trace(), io => io.AddHandler<EchoHandler<string>>(new Regex("^/tenant-[0-9]+$")));
        var (client, _) = await SioClient.ConnectAsync(server, path: "/tenant-1");
        var (other, _) = await SioClient.ConnectAsync(server, path: "/tenant-2");
        using (client)
        using (other)
        {
            await client.SendAsync("""42/tenant-1,["where"]""");
            Assert.Equal("""42/tenant-1,["echoed","/tenant-1"]""", await client.NextAsync());
            await other.SendAsync("""42/tenant-2,["where"]""");
            Assert.Equal("""42/tenant-2,["echoed","/tenant-2"]""", await other.NextAsync());
        }

        var refused = await SioClient.OpenAsync(server, polling: false);
        await refused.SendAsync("40/echo,");
        Assert.Contains("Invalid namespace", await refused.NextAsync(), StringComparison.Ordinal);
        refused.Dispose();
    }

    [Fact]
    public async Task A_handler_that_is_added_twice_is_an_error_at_start()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => HandlerServer.StartAsync(
            new Trace(), io => io.AddHandler<NoteHandler>().AddHandler<NoteHandler>()));
        Assert.Contains("TypedSocketRedis.Tests.Handlers.NoteHandler is added twice", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_with_two_handlers_is_an_error_at_start_that_names_both()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => HandlerServer.StartAsync(
            new Trace(), io => io.AddHandler<TagHandler>().AddHandler<OtherTagHandler>()));
        Assert.Contains("\"tag\" of namespace /notes", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Handlers.TagHandler for", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Handlers.OtherTagHandler for", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => HandlerServer.StartAsync(
            new Trace(), io => io.AddHandler<TagHandler>(new Regex("^/a")).AddHandler<OtherTagHandler>(new Regex("^/a"))));
    }

    [Fact]
    public async Task An_event_with_two_handlers_in_a_dynamic_namespace_refuses_its_clients()
    {
        var log = new LogEntries();
        await using var server = await HandlerServer.StartAsync(
            new Trace(), io => io.AddHandler<TagHandler>(new Regex("^/a")).AddHandler<OtherTagHandler>(new Regex("b$")), log: log);
        using var client = await SioClient.OpenAsync(server, polling: false);
        await client.SendAsync("40/ab,");
        Assert.StartsWith("44/ab,", await client.NextAsync(), StringComparison.Ordinal);
        Assert.Contains("has two handlers", Assert.Single(log.Of(2101))!.Message, StringComparison.Ordinal);
        await client.SendAsync("40/a,");
        Assert.StartsWith("40/a,", await client.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_service_is_an_error_at_start_that_names_it()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestServer.StartAsync(
            services: services => services.AddSocketIO().AddHandler<NoteHandler>()));
        Assert.Contains("requires TypedSocketRedis.Tests.Handlers.Trace", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_cannot_be_created_is_an_error_at_start_that_names_it()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestServer.StartAsync(
            services: services => services.AddSocketIO().AddFilter<OuterFilter>()));
        Assert.Contains($"The filter {typeof(OuterFilter)} cannot be created", exception.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(Trace).FullName!, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_of_registrations_are_checked()
    {
        var io = new ServiceCollection().AddSocketIO();
        Assert.Throws<ArgumentOutOfRangeException>(() => io.AddHandler<NoteHandler>((HandlerLifetime)2));
        Assert.Throws<ArgumentNullException>(() => io.AddHandler<NoteHandler>(null!));
        Assert.Throws<ArgumentNullException>(() => SocketIOHandlerExtensions.AddHandler<NoteHandler>(null!));
        Assert.Throws<ArgumentNullException>(() => SocketIOHandlerExtensions.AddFilter<PassingFilter>(null!));
    }

    [Fact]
    public void A_class_without_generated_code_is_an_error()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => SocketHandlers.Of<UnknownHandler>());
        Assert.Contains("UnknownHandler cannot be added", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keyed_and_optional_services_are_injected()
    {
        await using var server = await HandlerServer.StartAsync(
            new Trace(),
            io => io.AddHandler<KeyedHandler>(),
            services: services => services.AddKeyedSingleton<Func<string>>("b", (_, _) => () => "keyed"));
        var (client, _) = await SioClient.ConnectAsync(server, path: "/notes");
        using var __ = client;
        Assert.Equal("""["keyed True True"]""", await client.AckAsync("/notes", """["tag","x"]"""));
    }

    [Fact]
    public async Task A_handler_of_server_events_has_a_scope_and_no_socket_and_no_client_reaches_it()
    {
        var trace = new Trace();
        await using var server = await HandlerServer.StartAsync(
            trace, io => io.AddHandler<NoteServerHandler>().AddHandler<TagHandler>());
        var (client, _) = await SioClient.ConnectAsync(server, path: "/notes");
        using var __ = client;
        var events = server.Server.Namespaces.Of("/notes").Adapter.ServerEvents;
        var ack = new Waiting<string>();
        await events.DispatchAsync(
            "count", SocketArguments.FromJson("""["a"]"""), bytes => ack.Set(Convert.ToHexString(bytes.Span)));
        Assert.Equal("9101", await ack.Value);
        Assert.Equal("""42/notes,["added","a"]""", await client.NextAsync());
        Assert.Contains("the event came from another server", trace.All[0], StringComparison.Ordinal);
        Assert.Equal("unit 1 disposed", trace.All[1]);

        await client.SendAsync("""42/notes,7["count","b"]""");
        Assert.Equal("""["+x"]""", await client.AckAsync("/notes", """["tag","x"]"""));
        Assert.Equal(2, trace.All.Count);
    }
}

internal abstract class UnknownHandler : SocketHandler;

internal sealed class KeyedHandler : SocketHandler, ITagCommands
{
    private readonly string _text;

    public KeyedHandler(IServiceProvider services) => _text = services.ToString()!;

    [ActivatorUtilitiesConstructor]
    public KeyedHandler([FromKeyedServices("b")] Func<string> keyed, [FromKeyedServices("c")] Func<int>? missing = null) =>
        _text = $"{keyed()} {missing is null}";

    public KeyedHandler(Func<string> keyed, Func<int> missing, IServiceProvider services) => _text = $"{keyed} {missing} {services}";

    public Task<string> Tag(string name) => Task.FromResult($"{_text} {Socket.IsConnected}");
}
