using System.Text.Json;

namespace TypedSocketRedis.Tests.Harness;

/// <summary>A <c>tick</c> with its offset, <c>42["tick",7,"x.1"]</c>.</summary>
internal sealed record NumberedEvent(int Number, string Offset)
{
    public static NumberedEvent Parse(string packet)
    {
        var arguments = JsonDocument.Parse(packet[packet.IndexOf('[', StringComparison.Ordinal)..]).RootElement;
        return new NumberedEvent(arguments[1].GetInt32(), arguments[2].GetString()!);
    }
}

internal static class Recovering
{
    public static async Task<NumberedEvent> EventAsync(this SioClient client) => NumberedEvent.Parse(await client.NextAsync());

    /// <summary>Waits until no client is connected.</summary>
    public static async Task EmptyAsync(this TestServer server)
    {
        foreach (var socket in server.Server.Of("/").Sockets)
        {
            var ended = new Waiting<bool>();
            socket.OnDisconnected(_ => ended.Set(true));
            await ended.Value;
        }

        // A handler that is added late may run before the socket has left the namespace.
        var patience = TestServer.Patience;
        while (server.Server.Of("/").Sockets.Count > 0)
        {
            patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
