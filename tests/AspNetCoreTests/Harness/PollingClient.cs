using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>An Engine.IO client over plain HTTP requests.</summary>
public sealed class PollingClient : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly TestServer _server;

    private PollingClient(TestServer server) => _server = server;

    public JsonElement Handshake { get; private set; }

    public string Sid { get; private set; } = "";

    public static async Task<PollingClient> OpenAsync(TestServer server)
    {
        var client = new PollingClient(server);
        var body = await client._http.GetStringAsync(server.Url("EIO=4&transport=polling"), TestServer.Patience);

        // The response can also contain a ping.
        client.Handshake = JsonDocument.Parse(body[1..].Split('\u001e')[0]).RootElement;
        client.Sid = client.Handshake.GetProperty("sid").GetString()!;
        return client;
    }

    /// <summary>Opens a session, joins a namespace and consumes the CONNECT packet.</summary>
    public static async Task<PollingClient> ConnectAsync(TestServer server, string path = "/")
    {
        var client = await OpenAsync(server);
        await client.PostAsync(path == "/" ? "40" : $"40{path},");
        await client.PollAsync();
        return client;
    }

    public async Task<string> PollAsync()
    {
        using var response = await GetAsync();
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync(TestServer.Patience);
    }

    public Task<HttpResponseMessage> GetAsync() => _http.GetAsync(Url, TestServer.Patience);

    public async Task PostAsync(string payload)
    {
        using var response = await TryPostAsync(payload);
        response.EnsureSuccessStatusCode();
    }

    public Task<HttpResponseMessage> TryPostAsync(string payload, string type = "text/plain")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(payload));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return _http.PostAsync(Url, content, TestServer.Patience);
    }

    public async Task<HttpStatusCode> StatusAsync()
    {
        using var response = await GetAsync();
        return response.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    private Uri Url => _server.Url($"EIO=4&transport=polling&sid={Sid}");
}
