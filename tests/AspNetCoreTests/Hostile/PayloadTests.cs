using System.Net;
using System.Text;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Hostile;

/// <summary>Malicious packets, whose sender gets a response or is disconnected.</summary>
public class PayloadTests
{
    private const string Echoed = "42[\"message-back\"";
    private const string Ends = "";

    /// <summary>A description, a text packet and the beginning of its response, which is empty if the connection ends.</summary>
    public static TheoryData<string, string, string> Texts => new()
    {
        { "arrays as deep as the packet is long", $"42[\"message\",{new string('[', 400_000)}{new string(']', 400_000)}]", Ends },
        { "objects as deep as the packet is long",
            $"42[\"message\",{string.Concat(Enumerable.Repeat("{\"a\":", 100_000))}1{new string('}', 100_000)}]", Ends },
        { "arrays that do not end", $"42{new string('[', 900_000)}", Ends },
        { "a text that does not end", $"42[\"message\",\"{new string('x', 900_000)}", Ends },
        { "a number too large for any type", "42[\"message\",1e400]", Echoed + ",null]" },
        { "a number of many digits", $"42[\"message\",{new string('9', 500_000)}]", Echoed + ",null]" },
        { "a fraction of many digits", $"42[\"message\",0.{new string('3', 500_000)}]", Echoed + ",0.3333333333333333]" },
        { "an id of many digits", $"42{new string('1', 500_000)}[\"message\"]", Ends },
        { "half a surrogate pair", "42[\"message\",\"\\ud800\"]", Echoed + ",\"\ufffd\"]" },
        { "an unknown escape", "42[\"message\",\"\\x41\"]", Ends },
        { "a zero byte", "42[\"message\",\"\\u0000\"]", Echoed + ",\"\\u0000\"]" },
        { "a zero byte as it is", "42[\"message\",\"\0\"]", Ends },
        { "members of every object", "42[\"message\",{\"__proto__\":{\"a\":1},\"constructor\":{\"prototype\":1},\"toString\":1}]",
            Echoed + ",{\"constructor\":{\"prototype\":1},\"toString\":1}]" },
        { "one member many times", $"42[\"message\",{{{string.Join(',', Enumerable.Repeat("\"a\":1", 100_000))}}}]",
            Echoed + ",{\"a\":1,\"a\":1," },
        { "very many members", $"42[\"message\",{{{string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"{i}\":0"))}}}]",
            Echoed + ",{\"0\":0,\"1\":0," },
        { "very many arguments", $"42[\"message\"{string.Concat(Enumerable.Repeat(",0", 300_000))}]", Echoed + ",0,0," },
        { "very many placeholders", $"451-[\"message\"{string.Concat(Enumerable.Repeat(",{\"_placeholder\":true,\"num\":0}", 10_000))}]",
            Ends },
        { "more attachments than allowed", "4511-[\"message\"]", Ends },
        { "very many attachments", "454294967297-[\"message\"]", Ends },
        { "a namespace as long as the packet", $"40/{new string('n', 900_000)},", Ends },
        { "a namespace that breaks its response", "40/\"\\\u0001,", "44/\"\\\u0001,{\"message\":\"Invalid namespace\"}" },
        { "a session to recover that is an object", "40/other,{\"pid\":{\"a\":1},\"offset\":[1]}", "40/other,{\"sid\":\"" },
        { "white space only", $"42{new string(' ', 900_000)}[\"message\"]", Echoed + "]" },
    };

    /// <summary>A description and a message for the MessagePack parser, in hexadecimal digits.</summary>
    public static TheoryData<string, string> Binaries => new()
    {
        { "a map that announces more than there is memory", "dfffffffff" },
        { "an array that announces more than there is memory", "ddffffffff" },
        { "a text that announces more than there is memory", "dbffffffff" },
        { "bytes that announce more than there is memory", "c6ffffffff" },
        { "an extension that announces more than there is memory", "c9ffffffff01" },
        { "a byte that begins nothing", "c1" },
        { "nothing", "" },
        { "half a packet", "84a474797065" },
        { "a map inside whose data is deep",
            "83a474797065" + "02" + "a36e7370" + "a12f" + "a464617461" + "92a76d657373616765"
                + string.Concat(Enumerable.Repeat("91", 400_000)) + "c0" },
        { "a packet that repeats its type", "84a47479706502a47479706502a47479706502a47479706502" },
        { "a packet whose type is an object", "83a47479706581a16101a36e7370a12fa46461746191a76d657373616765" },
        { "a packet whose namespace is a number", "83a47479706502a36e737001a46461746191a76d657373616765" },
        { "data that announce more than follows", "83a47479706502a36e7370a12fa464617461ddffffffffa76d657373616765" },
        { "an event whose name is bytes", "83a47479706502a36e7370a12fa46461746191c4016d" },
        { "keys that are arrays", "819101c0" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_malicious_text_packet_affects_only_its_sender(string what, string packet, string answer)
    {
        _ = what;
        await using var attacked = await Attacked.StartAsync(map: io => io.Of("/other"));
        foreach (var polling in new[] { false, true })
        {
            var (client, _) = await SioClient.ConnectAsync(attacked.Server, polling);
            using var closing = client;
            try
            {
                await client.SendAsync(packet);
                if (packet.StartsWith("451-", StringComparison.Ordinal)) await client.SendAsync(new byte[600_000]);
            }
            catch (HttpRequestException exception)
            {
                Assert.Equal((HttpStatusCode.BadRequest, Ends), (exception.StatusCode, answer));
            }

            if (answer == Ends)
            {
                await client.EndedAsync();
                continue;
            }

            Assert.StartsWith(answer, await client.NextAsync(), StringComparison.Ordinal);
            await client.CloseAsync();
        }

        await attacked.AssertUnaffectedAsync();
    }

    [Theory]
    [MemberData(nameof(Binaries))]
    public async Task A_malicious_MessagePack_packet_affects_only_its_sender(string what, string packet)
    {
        _ = what;
        await using var attacked = await Attacked.StartAsync(options => options.Parser = SocketIOParser.MessagePack);
        using (var client = await MessagePackClient.ConnectAsync(attacked.Server))
        {
            await client.SendBytesAsync(Convert.FromHexString(packet));
            await client.ClosedAsync();
        }

        Assert.Single(attacked.Malformed.Tags("reason"));
        await attacked.AssertUnaffectedAsync();
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xfe })]
    [InlineData(new byte[] { (byte)'4', (byte)'2', (byte)'[', (byte)'"', 0xed, 0xa0, 0x80, (byte)'"', (byte)']' })]
    [InlineData(new byte[] { 0xef, 0xbb, 0xbf, (byte)'4', (byte)'2', (byte)'[', (byte)'"', (byte)'a', (byte)'"', (byte)']' })]
    public async Task Bytes_that_are_no_packet_affect_only_their_sender(byte[] bytes)
    {
        await using var attacked = await Attacked.StartAsync();
        using (var raw = await RawClient.WebSocketAsync(attacked.Server))
        {
            await raw.WriteAsync(RawClient.Frame(0x81, bytes));
            Assert.NotEqual(0, await raw.CloseCodeAsync());
        }

        Assert.Single(attacked.Malformed.Tags("reason"));
        await attacked.AssertUnaffectedAsync();
    }

    [Fact]
    public async Task Missing_attachments_affect_only_their_sender()
    {
        await using var attacked = await Attacked.StartAsync();
        List<RawClient> clients = [];
        for (var i = 0; i < 50; i++)
        {
            var raw = await RawClient.WebSocketAsync(attacked.Server);
            clients.Add(raw);
            await raw.WriteAsync(RawClient.Frame(0x81, Encoding.ASCII.GetBytes($"4510-[\"message\",\"{new string('x', 100_000)}\"]")));
            for (var attachment = 0; attachment < 9; attachment++) await raw.WriteAsync(RawClient.Frame(0x82, new byte[80_000]));
        }

        await attacked.AssertServedAsync();
        foreach (var client in clients) client.Dispose();
        await attacked.AssertUnaffectedAsync();
    }
}
