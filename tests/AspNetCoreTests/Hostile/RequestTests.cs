using System.Text;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Hostile;

/// <summary>Requests that no client of the protocol sends, each of which gets an error response.</summary>
public class RequestTests
{
    private const string Polling = "/socket.io/?EIO=4&transport=polling";
    private const string WebSocket = "/socket.io/?EIO=4&transport=websocket";

    /// <summary>A description, a request, in which <c>{sid}</c> is the attacker's session, and the beginning of the response.</summary>
    public static TheoryData<string, string, string> Requests
    {
        get
        {
            TheoryData<string, string, string> data = [];
            void Add(string what, string request, string answer) => data.Add(what, request, answer);

            Add("no query", Get("/socket.io/"), "400 {\"code\":0,");
            Add("a member of every object as transport", Get("/socket.io/?EIO=4&transport=constructor"), "400 {\"code\":0,");
            Add("a member of every object as session", Get(Polling + "&sid=__proto__"), "400 {\"code\":1,");
            Add("a zero byte in the session", Get(Polling + "&sid=%00"), "400 {\"code\":1,");
            Add("half an escape in the session", Get(Polling + "&sid=%f"), "400 {\"code\":1,");
            Add("a thousand parameters", Get(Polling + string.Concat(Enumerable.Repeat("&sid=1", 1000))), "400 {\"code\":1,");
            Add("a version that is no number", Get("/socket.io/?EIO=4444444444444444444444&transport=polling"), "400 {\"code\":5,");
            Add("a path below the server's", Get("/socket.io/../../etc/passwd?EIO=4&transport=polling"), "404");
            Add("a method for other resources", Request("PUT", Polling + "&sid={sid}"), "400");
            Add("an unknown method", Request("SESSION", Polling + "&sid={sid}"), "400");
            Add("a body without a session", Request("POST", Polling, "Content-Length: 2\r\n", "40"), "400 {\"code\":2,");
            Add("a line longer than the server reads", Get(Polling + "&sid=" + new string('x', 20_000)), "414");
            Add("a header longer than the server reads", Request("GET", Polling, $"Cookie: io={new string('x', 40_000)}\r\n"), "431");
            Add("more headers than the server reads", Request("GET", Polling, string.Concat(Enumerable.Repeat("a: b\r\n", 200))), "431");
            Add("no host", $"GET {Polling} HTTP/1.1\r\n\r\n", "400");
            Add("an unknown version of HTTP", $"GET {Polling} HTTP/7.7\r\nHost: localhost\r\n\r\n", "505");
            Add("the first bytes of TLS", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u007c\u0003\u0003\r\n\r\n", "400");
            Add("a negative length", Post("Content-Length: -1"), "400");
            Add("two lengths", Post("Content-Length: 1\r\nContent-Length: 2", "6"), "400");
            Add("a length beyond 64 bits", Post("Content-Length: 99999999999999999999"), "400");
            Add("ten gigabytes", Post("Content-Length: 10000000000"), "413");
            Add("a chunk of no number", Post("Transfer-Encoding: chunked", "xyz\r\n6\r\n0\r\n\r\n"), "400 {\"code\":3,");
            Add("a chunk of more than there is memory", Post("Transfer-Encoding: chunked", "ffffffffffffffff\r\n6"), "400 {\"code\":3,");
            Add("a chunk that does not end where it says", Post("Transfer-Encoding: chunked", "1\r\n6666\r\n0\r\n\r\n"),
                "400 {\"code\":3,");
            Add("an unsupported encoding of the body", Post("Transfer-Encoding: gzip", "6"), "400");
            Add("an empty body", Post("Content-Length: 0"), "400 {\"code\":3,");
            Add("bytes for an older protocol", Post("Content-Type: application/octet-stream\r\nContent-Length: 1", "6"),
                "400 {\"code\":3,");
            Add("a websocket without a key",
                Request("GET", WebSocket, "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"), "400");
            Add("a websocket whose key is no key", RawClient.Upgrade("EIO=4&transport=websocket", key: "AAAA"), "400");
            Add("a websocket of a draft", RawClient.Upgrade("EIO=4&transport=websocket", version: "8"), "426");
            Add("a websocket for an unknown session", RawClient.Upgrade("EIO=4&transport=websocket&sid=nobody"), "400 {\"code\":1,");
            Add("a websocket by POST", Request("POST", WebSocket, "Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 0\r\n"),
                "400 {\"code\":2,");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_hostile_request_gets_an_error_and_affects_no_other_client(string what, string request, string answer)
    {
        _ = what;
        await using var attacked = await Attacked.StartAsync();
        using var session = await PollingClient.OpenAsync(attacked.Server);
        using (var raw = RawClient.Connect(attacked.Server))
        {
            await raw.WriteAsync(request.Replace("{sid}", session.Sid, StringComparison.Ordinal));
            var (status, body) = await raw.RespondAsync();
            Assert.StartsWith(answer, body.Length == 0 ? status : $"{status} {body}", StringComparison.Ordinal);
        }

        using var closed = await session.TryPostAsync("1");
        await attacked.AssertUnaffectedAsync();
    }

    [Fact]
    public async Task Pipelined_requests_get_their_responses_one_by_one()
    {
        await using var attacked = await Attacked.StartAsync();
        using var raw = RawClient.Connect(attacked.Server);
        await raw.WriteAsync(string.Concat(Enumerable.Repeat(Get("/socket.io/?EIO=4&transport=none"), 500)));
        for (var i = 0; i < 500; i++) Assert.Equal("400", (await raw.RespondAsync()).Status);
        await attacked.AssertUnaffectedAsync();
    }

    private static string Get(string target) => Request("GET", target);

    private static string Post(string headers, string body = "") => Request("POST", Polling + "&sid={sid}", headers + "\r\n", body);

    private static string Request(string method, string target, string headers = "", string body = "") =>
        new StringBuilder().Append(method).Append(' ').Append(target).Append(" HTTP/1.1\r\nHost: localhost\r\n").Append(headers)
            .Append("\r\n").Append(body).ToString();
}
