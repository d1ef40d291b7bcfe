using System.Net;
using System.Net.Sockets;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>
/// Responses sent before the body of the request has arrived: a proxy that pools connections sends the next client's request over the
/// same connection, unless the response closes it.
/// </summary>
public class UnreadBodyTests
{
    private const string Polling = "/socket.io/?EIO=4&transport=polling";
    private const int Max = 1000;

    /// <summary>The defect of a request, its first line, its headers and the expected status; <c>{sid}</c> is an open session.</summary>
    public static TheoryData<string, string, string, string> Requests => new()
    {
        { "too large", "POST " + Polling + "&sid={sid}", "", "413" },
        { "unknown session", "POST " + Polling + "&sid=AAAAAAAAAAAAAAAAAAAA", "", "400" },
        { "no session", "POST " + Polling, "", "400" },
        { "unknown transport", "POST /socket.io/?EIO=4&transport=none", "", "400" },
        { "another version", "POST /socket.io/?EIO=3&transport=polling&sid={sid}", "", "400" },
        { "content type", "POST " + Polling + "&sid={sid}", "Content-Type: application/octet-stream\r\n", "400" },
        { "method", "PUT " + Polling + "&sid={sid}", "", "400" },
        { "a poll with a body", "GET " + Polling, "", "200" },
        { "not admitted", "GET " + Polling, "x-refuse: 1\r\n", "403" },
        { "websocket without an upgrade", "GET /socket.io/?EIO=4&transport=websocket", "", "400" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_response_before_the_body_closes_the_connection(string what, string request, string headers, string status)
    {
        Assert.NotEmpty(what);
        foreach (var body in new[] { $"Content-Length: {Max + 1}\r\n\r\nabc", $"Transfer-Encoding: chunked\r\n\r\n{Max + 1:x}\r\nabc" })
        {
            // The size of a chunked body is known only after it has arrived.
            if (what == "too large" && body[0] == 'T') continue;
            await using var server = await StartAsync();
            using var client = await PollingClient.OpenAsync(server);
            using var raw = RawClient.Connect(server);
            var line = request.Replace("{sid}", client.Sid, StringComparison.Ordinal);
            await raw.WriteAsync($"{line} HTTP/1.1\r\nHost: x\r\n{headers}{body}");
            var head = await raw.HeadAsync();
            Assert.StartsWith($"HTTP/1.1 {status}", head, StringComparison.Ordinal);
            Assert.Contains("Connection: close", head, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_second_post_is_refused_before_its_body_is_read_and_closes_its_connection()
    {
        await using var server = await StartAsync();
        using var client = await PollingClient.OpenAsync(server);
        using var first = RawClient.Connect(server);
        using var second = RawClient.Connect(server);
        var post = $"POST {Polling}&sid={client.Sid} HTTP/1.1\r\nHost: x\r\nContent-Length: {Max}\r\n\r\nabc";
        await first.WriteAsync(post);
        await second.WriteAsync(post);
        var heads = await Task.WhenAll(TryHeadAsync(first), TryHeadAsync(second));
        var head = Assert.Single(heads, head => head is not null)!;
        Assert.StartsWith("HTTP/1.1 400", head, StringComparison.Ordinal);
        Assert.Contains("Connection: close", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_oversized_chunked_body_closes_its_connection()
    {
        await using var server = await StartAsync();
        using var client = await PollingClient.OpenAsync(server);
        using var raw = RawClient.Connect(server);
        var chunk = $"{Max + 1:x}\r\n{new string('4', Max + 1)}\r\n";
        await raw.WriteAsync($"POST {Polling}&sid={client.Sid} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}");
        var head = await raw.HeadAsync();
        Assert.StartsWith("HTTP/1.1 413", head, StringComparison.Ordinal);
        Assert.Contains("Connection: close", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_connection_whose_body_has_arrived_serves_the_next_request()
    {
        await using var server = await StartAsync();
        using var raw = RawClient.Connect(server);
        for (var i = 0; i < 3; i++)
        {
            await raw.WriteAsync($"POST {Polling}&sid=unknown HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde");
            var head = await raw.HeadAsync();
            Assert.DoesNotContain("Connection: close", head, StringComparison.OrdinalIgnoreCase);
            await raw.SkipAsync("""{"code":1,"message":"Session ID unknown"}""".Length);
        }
    }

    [Theory]
    [InlineData("Content-Length: 1\r\n\r\n6")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n1\r\n6\r\n0\r\n\r\n")]
    public async Task A_connection_with_an_accepted_post_serves_the_next_one(string body)
    {
        await using var server = await StartAsync();
        using var client = await PollingClient.OpenAsync(server);
        using var raw = RawClient.Connect(server);
        for (var i = 0; i < 3; i++)
        {
            await raw.WriteAsync($"POST {Polling}&sid={client.Sid} HTTP/1.1\r\nHost: x\r\n{body}");
            Assert.DoesNotContain("Connection: close", await raw.HeadAsync(), StringComparison.OrdinalIgnoreCase);
            await raw.SkipAsync("ok".Length);
        }
    }

    [Fact]
    public async Task Clients_that_share_a_connection_pool_with_oversized_posts_are_unaffected()
    {
        await using var server = await StartAsync();
        using var pool = new SocketsHttpHandler { MaxConnectionsPerServer = 4 };
        using var http = new HttpClient(pool);
        using var hostile = new SemaphoreSlim(4);
        var attacks = Enumerable.Range(0, 200).Select(async _ =>
        {
            await hostile.WaitAsync(TestServer.Patience);
            try
            {
                using var client = await PollingClient.OpenAsync(server);
                using var content = new ByteArrayContent(new byte[300_000]);
                var url = server.Url($"EIO=4&transport=polling&sid={client.Sid}");
                using var response = await http.PostAsync(url, content, TestServer.Patience);
                Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
            }
            catch (HttpRequestException exception) when (exception.InnerException is IOException or SocketException)
            {
                // The sender of an oversized request can find its connection closed while it is still sending.
                Assert.NotNull(exception);
            }
            finally
            {
                hostile.Release();
            }
        });
        var bystanders = Enumerable.Range(0, 4).Select(async _ =>
        {
            using var client = await PollingClient.OpenAsync(server);
            for (var i = 0; i < 100; i++)
            {
                // A POST, because a connection pool can retry a GET by itself.
                var url = server.Url($"EIO=4&transport=polling&sid={client.Sid}");
                using var response = await http.PostAsync(url, new StringContent("6"), TestServer.Patience);
                Assert.Equal("ok", await response.Content.ReadAsStringAsync(TestServer.Patience));
            }
        });
        await Task.WhenAll([.. attacks, .. bystanders]);
    }

    // The first POST is aborted when the second one has ended the session.
    private static async Task<string?> TryHeadAsync(RawClient client)
    {
        try
        {
            return await client.HeadAsync();
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(o =>
    {
        o.MaxHttpBufferSize = Max;
        o.AllowRequest = context => ValueTask.FromResult<RequestAdmission>(!context.Request.Headers.ContainsKey("x-refuse"));
    });
}
