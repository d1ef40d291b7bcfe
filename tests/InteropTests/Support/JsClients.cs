using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TypedSocketRedis.Tests;

/// <summary>Official JavaScript clients, all in one Node process.</summary>
public sealed class JsClients : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, JsSocket> _sockets = [];
    private readonly NodeProgram _program;

    public JsClients() => _program = new NodeProgram(Received, "client.mjs");

    /// <summary>Connects a client, and waits until it is connected.</summary>
    /// <param name="url">The server.</param>
    /// <param name="nsp">The namespace.</param>
    /// <param name="transports">The transports in the order in which they are tried.</param>
    /// <param name="connection">The name of a connection that several namespaces share, or null for a separate connection.</param>
    /// <param name="messagePack"><c>true</c> to use socket.io-msgpack-parser.</param>
    /// <param name="forceBase64"><c>true</c> to send and receive binary values as base64, also over a WebSocket.</param>
    /// <param name="legacy"><c>true</c> for a client of Socket.IO 2.</param>
    /// <param name="token">The token that the client sends as its authentication data, or null for none.</param>
    public async Task<JsSocket> ConnectAsync(
        string url,
        string nsp = "/",
        string[]? transports = null,
        string? connection = null,
        bool messagePack = false,
        bool forceBase64 = false,
        bool legacy = false,
        string? token = null)
    {
        var socket = await OpenAsync(url, nsp, transports, connection, messagePack, forceBase64, legacy, token);
        await socket.NextAsync("$connect");
        return socket;
    }

    /// <summary>Connects a client to the main namespace, waits until it is connected, and returns it with its id.</summary>
    public async Task<(JsSocket Socket, string Id)> ConnectWithIdAsync(string url)
    {
        var socket = await OpenAsync(url, "/", null, null);
        var connected = await socket.NextAsync("$connect");
        return (socket, JsonElement.Parse(connected["$connect".Length..])[0].GetString()!);
    }

    /// <summary>Connects a client that is refused.</summary>
    /// <returns>The error, <c>$error["message"]</c>.</returns>
    public async Task<string> RefusedAsync(string url, string nsp) =>
        await (await OpenAsync(url, nsp, null, null)).NextAsync("$error");

    /// <summary>Opens a client of Socket.IO 2 without waiting for its connection.</summary>
    public Task<JsSocket> OpenLegacyAsync(string url, string nsp, string[] transports) =>
        OpenAsync(url, nsp, transports, null, legacy: true);

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    private async Task<JsSocket> OpenAsync(
        string url, string nsp, string[]? transports, string? connection, bool messagePack = false, bool forceBase64 = false,
        bool legacy = false, string? token = null)
    {
        var name = $"{_sockets.Count}{nsp}";
        var socket = _sockets[name] = new JsSocket(name, _program);
        await _program.DoAsync("connect", new JsonObject
        {
            ["name"] = name,
            ["url"] = url,
            ["nsp"] = nsp,
            ["transports"] = new JsonArray([.. (transports ?? ["websocket"]).Select(transport => JsonValue.Create(transport))]),
            ["manager"] = connection,
            ["messagePack"] = messagePack,
            ["forceBase64"] = forceBase64,
            ["legacy"] = legacy,
            ["auth"] = token is null ? null : new JsonObject { ["token"] = token },
        });
        return socket;
    }

    private void Received(JsonElement value) => _sockets[value.GetProperty("socket").GetString()!].Add(value);
}
