using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>The handler of requests that are not accepted.</summary>
public class ConnectionErrorTests
{
    [Theory]
    [InlineData("EIO=4&transport=smoke", "GET", ConnectionErrorCode.UnknownTransport, "Transport unknown", 400, null)]
    [InlineData("EIO=4&transport=polling&sid=none", "GET", ConnectionErrorCode.UnknownSession, "Session ID unknown", 400, null)]
    [InlineData("EIO=4&transport=polling", "POST", ConnectionErrorCode.BadHandshakeMethod, "Bad handshake method", 400, null)]
    [InlineData("EIO=4&transport=websocket", "GET", ConnectionErrorCode.BadRequest, "Bad request", 400, "TRANSPORT_HANDSHAKE_ERROR")]
    [InlineData("EIO=4&transport=polling&key=bad", "GET", ConnectionErrorCode.Forbidden, "not you", 403, null)]
    [InlineData("EIO=3&transport=polling", "GET", ConnectionErrorCode.UnsupportedProtocol, "Unsupported protocol version", 400, null)]
    public async Task A_refused_request_is_passed_to_the_handler(
        string query, string method, ConnectionErrorCode code, string message, int status, string? reason)
    {
        var reported = new Waiting<ConnectionError>();
        await using var server = await TestServer.StartAsync(o =>
        {
            o.AllowRequest = context => ValueTask.FromResult(
                context.Request.Query.ContainsKey("key") ? RequestAdmission.Refuse("not you") : RequestAdmission.Allow);
            o.OnConnectionError = reported.Set;
        });
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), server.Url(query));
        request.Headers.Add("X-Trace", "7");
        using var response = await http.SendAsync(request, TestServer.Patience);

        var error = await reported.Value;
        Assert.Equal((code, message, status, reason), (error.Code, error.Message, error.StatusCode, error.Reason));
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal(method, error.Request.Method);
        Assert.Equal("/socket.io/", error.Request.Path);
        Assert.Equal("7", error.Request.Headers["x-trace"]);
        Assert.Equal(query, string.Join('&', error.Request.Query.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal(IPAddress.Loopback, error.Request.RemoteAddress);
    }

    [Fact]
    public async Task Every_request_of_an_unknown_session_is_a_debug_entry()
    {
        var log = new LogEntries();
        await using var server = await TestServer.StartAsync(
            services: services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log)));
        using var http = new HttpClient();
        for (var i = 1; i <= 2; i++)
        {
            using var response = await http.GetAsync(server.Url("EIO=4&transport=polling&sid=none"), TestServer.Patience);
            Assert.Equal(i, log.Texts(2019, LogLevel.Debug).Count);
        }

        Assert.Empty(log.Own);
    }

    [Fact]
    public async Task A_slow_handler_delays_no_response_and_its_queue_is_bounded()
    {
        var gate = new TaskCompletionSource();
        var entered = new Waiting<bool>();
        var seen = new ConcurrentQueue<ConnectionError>();
        await using var server = await TestServer.StartAsync(o => o.OnConnectionError = async error =>
        {
            seen.Enqueue(error);
            await entered.Set(true);
            await gate.Task;
        });
        using var dropped = new Counts(server, "typedsocketredis.server.connectionerrors.dropped");
        using var http = new HttpClient();
        await RefuseAsync(http, server);
        await entered.Value;
        for (var i = 0; i < ConnectionErrors.MaxWaiting + 2; i++) await RefuseAsync(http, server);
        Assert.Equal(2, dropped.Sum);
        gate.SetResult();
        var patience = TestServer.Patience;
        while (seen.Count < ConnectionErrors.MaxWaiting + 1)
        {
            patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Queued_requests_are_bounded_by_their_bytes_too()
    {
        var gate = new TaskCompletionSource();
        var entered = new Waiting<bool>();
        await using var server = await TestServer.StartAsync(o => o.OnConnectionError = async _ =>
        {
            await entered.Set(true);
            await gate.Task;
        });
        using var dropped = new Counts(server, "typedsocketredis.server.connectionerrors.dropped");
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Large", new string('x', 25_000));
        await RefuseAsync(http, server);
        await entered.Value;
        for (var i = 0; i <= ConnectionErrors.MaxBytes / 25_000; i++) await RefuseAsync(http, server);
        Assert.InRange(dropped.Sum, 1, 3);
        gate.SetResult();
    }

    private static async Task RefuseAsync(HttpClient http, TestServer server)
    {
        using var response = await http.GetAsync(server.Url("EIO=4&transport=none"), TestServer.Patience);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
