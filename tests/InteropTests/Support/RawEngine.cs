using System.Net;
using System.Text.Json;

namespace TypedSocketRedis.Tests;

/// <summary>An Engine.IO client that sends exactly the requests of a test, on one path of one host.</summary>
public sealed class RawEngine(ConformanceProcess host, string path)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false });

    public Task<(HttpStatusCode Status, string Body)> GetAsync(string query) => SendAsync(HttpMethod.Get, query);

    public Task<(HttpStatusCode Status, string Body)> PostAsync(string query, string body) => SendAsync(HttpMethod.Post, query, body);

    public async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string query, string body = "")
    {
        using var request = new HttpRequestMessage(method, $"{host.Url}{path}?{query}");
        if (method != HttpMethod.Get) request.Content = new StringContent(body);
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Sends a request with headers and returns the response with its buffered body.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string query, IReadOnlyDictionary<string, string> headers)
    {
        using var request = new HttpRequestMessage(method, $"{host.Url}{path}?{query}");
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Returns the status of a GET on a separate connection.</summary>
    public async Task<HttpStatusCode> StatusOnNewConnectionAsync(string query)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync($"{host.Url}{path}?{query}", TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    /// <summary>Opens a polling session.</summary>
    /// <returns>The query of its further requests.</returns>
    public async Task<string> OpenAsync()
    {
        var (status, body) = await GetAsync("EIO=4&transport=polling");
        Assert.Equal(HttpStatusCode.OK, status);
        return $"EIO=4&transport=polling&sid={JsonElement.Parse(body[1..]).GetProperty("sid").GetString()}";
    }

    /// <summary>Opens a polling session, joins a namespace and consumes its first packets.</summary>
    public async Task<string> JoinAsync(string packet = "40")
    {
        var session = await OpenAsync();
        await PostAsync(session, packet);
        for (var greeted = false; !greeted;) greeted = (await GetAsync(session)).Body.Contains("[\"auth\",", StringComparison.Ordinal);
        return session;
    }

    /// <summary>Opens a websocket, which can be refused.</summary>
    public Task<RawWebSocket> ConnectAsync(string query) => RawWebSocket.OpenAsync(new Uri($"ws://127.0.0.1:{host.Port}{path}?{query}"));

    /// <summary>Opens a websocket session, joins the main namespace and consumes its first packets.</summary>
    public async Task<RawWebSocket> JoinSocketAsync()
    {
        var socket = await ConnectAsync("EIO=4&transport=websocket");
        await socket.NextAsync();
        await socket.SendAsync("40");
        Assert.StartsWith("40{\"sid\":\"", await socket.NextAsync(), StringComparison.Ordinal);
        Assert.Equal("42[\"auth\",{}]", await socket.NextAsync());
        return socket;
    }
}
