namespace TypedSocketRedis.Tests.Conformance;

/// <summary>The official client, in three versions and over each transport, against the host without options.</summary>
public sealed class PlainClientTests(PlainProfile profile, CaseRunner node) : IClassFixture<PlainProfile>
{
    private const string Newest = "4.8 websocket";
    private const string Polling = "4.8 polling";
    private const string Upgrade = "4.8 upgrade";
    private const string Older = "4.4 upgrade";
    private const string Oldest = "3.1 websocket";

    [Theory, Cases("events", Newest, Polling, Upgrade, Older, Oldest)]
    public Task Events(string client, string name) => node.RunAsync("events", name, client, profile.Host);

    [Theory, Cases("binary", Newest, Polling, Upgrade, Older, Oldest, "3.1 polling")]
    public Task Binary(string client, string name) => node.RunAsync("binary", name, client, profile.Host);

    [Theory, Cases("acks", Newest, Polling, Older, Oldest)]
    public Task Acks(string client, string name) => node.RunAsync("acks", name, client, profile.Host);

    [Theory, Cases("timeouts", Newest, Polling)]
    public Task Timeouts(string client, string name) => node.RunAsync("timeouts", name, client, profile.Host);

    [Theory, Cases("namespaces", Newest, Polling, Older, Oldest)]
    public Task Namespaces(string client, string name) => node.RunAsync("namespaces", name, client, profile.Host);

    [Theory, Cases("sockets", Newest, Polling, Upgrade, Older, Oldest)]
    public Task Sockets(string client, string name) => node.RunAsync("sockets", name, client, profile.Host);

    [Theory, Cases("control", Newest, Polling)]
    public Task Control(string client, string name) => node.RunAsync("control", name, client, profile.Host);

    [Theory, Cases("sizes", Newest, Polling, Oldest)]
    public Task Sizes(string client, string name) => node.RunAsync("sizes", name, client, profile.Host);
}

/// <summary>The official client and the host, both with the MessagePack parser.</summary>
public sealed class MsgpackClientTests(MsgpackProfile profile, CaseRunner node) : IClassFixture<MsgpackProfile>
{
    private const string Newest = "4.8 websocket msgpack";
    private const string Polling = "4.8 polling msgpack";
    private const string Oldest = "3.1 upgrade msgpack";

    [Theory, Cases("events", Newest, Polling, Oldest)]
    public Task Events(string client, string name) => node.RunAsync("events", name, client, profile.Host);

    [Theory, Cases("binary", Newest, Polling, Oldest)]
    public Task Binary(string client, string name) => node.RunAsync("binary", name, client, profile.Host);

    [Theory, Cases("acks", Newest)]
    public Task Acks(string client, string name) => node.RunAsync("acks", name, client, profile.Host);

    [Theory, Cases("namespaces", Newest, Polling)]
    public Task Namespaces(string client, string name) => node.RunAsync("namespaces", name, client, profile.Host);

    [Theory, Cases("sockets", Newest)]
    public Task Sockets(string client, string name) => node.RunAsync("sockets", name, client, profile.Host);
}

/// <summary>A host that accepts messages of up to five million bytes.</summary>
public sealed class LargeClientTests(LargeProfile profile, CaseRunner node) : IClassFixture<LargeProfile>
{
    [Theory, Cases("sizes", "4.8 websocket", "4.8 polling")]
    public Task Sizes(string client, string name) => node.RunAsync("sizes", name, client, 5_000_000, profile.Host);
}

/// <summary>A host that compresses messages.</summary>
public sealed class DeflateClientTests(DeflateProfile profile, CaseRunner node) : IClassFixture<DeflateProfile>
{
    [Theory, Cases("deflate", "4.8 websocket", "4.4 websocket", "3.1 websocket")]
    public Task Deflate(string client, string name) => node.RunAsync("deflate", name, client, 5_000_000, profile.Host);

    [Theory, Cases("events", "4.8 upgrade")]
    public Task Events(string client, string name) => node.RunAsync("events", name, client, profile.Host);

    [Theory, Cases("binary", "4.8 websocket")]
    public Task Binary(string client, string name) => node.RunAsync("binary", name, client, profile.Host);
}

/// <summary>A host with a connection state recovery of two seconds.</summary>
public sealed class RecoveryClientTests(RecoveryProfile profile, CaseRunner node) : IClassFixture<RecoveryProfile>
{
    [Theory, Cases("recovery", "4.8 websocket", "4.8 polling", "4.8 upgrade")]
    public Task Recovery(string client, string name) => node.RunAsync("recovery", name, client, profile.Host);

    [Theory, Cases("acks", "4.4 websocket")]
    public Task Acks_of_a_client_that_cannot_be_recovered(string client, string name) => node.RunAsync("acks", name, client, profile.Host);
}

/// <summary>The host as the server of the client's own tests.</summary>
public sealed class ClientSuiteTests(ClientSuiteProfile profile, CaseRunner node) : IClassFixture<ClientSuiteProfile>
{
    [Theory, Cases("client-suite", "4.8 websocket", "4.8 polling", "4.8 upgrade")]
    public Task Suite(string client, string name) => node.RunAsync("client-suite", name, client, profile.Host);
}

/// <summary>A host with short heartbeats, which disconnects only unresponsive clients.</summary>
public sealed class HeartbeatClientTests(ProtocolProfile profile, CaseRunner node) : IClassFixture<ProtocolProfile>
{
    [Theory, Cases("heartbeat", "4.8 websocket", "4.8 polling", "4.8 upgrade", "3.1 websocket")]
    public Task Heartbeat(string client, string name) => node.RunAsync("heartbeat", name, client, profile.Host);
}

/// <summary>The completeness of the cases.</summary>
public sealed class CaseTests(CaseRunner node)
{
    [Fact]
    public async Task Every_case_of_every_file_is_run_by_a_test()
    {
        var used = typeof(CaseTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes(typeof(CasesAttribute), false)).Cast<CasesAttribute>()
            .Select(cases => cases.File).ToHashSet();
        var files = Directory.GetFiles(Tools.Script("cases"), "*.mjs").Select(file => Path.GetFileNameWithoutExtension(file)!).ToHashSet();

        Assert.Equal(files.Order(), used.Order());
        foreach (var file in files) Assert.Equal(await node.NamesAsync(file), CasesAttribute.Names(file));
    }
}
