using System.Text.Json.Nodes;

namespace TypedSocketRedis.ConformanceHost;

/// <summary>The events of other servers and the disconnections since the last reset.</summary>
internal sealed class HostLog
{
    private readonly Lock _gate = new();
    private readonly List<(string Namespace, string Event, SocketArguments Arguments)> _events = [];
    private readonly List<(string Namespace, SocketId Id, string Reason)> _disconnects = [];

    public void Add(string nsp, string name, SocketArguments arguments)
    {
        lock (_gate) _events.Add((nsp, name, arguments));
    }

    public void Add(ISocket socket, DisconnectReason reason)
    {
        lock (_gate) _disconnects.Add((socket.Namespace, socket.Id, reason.ToString()));
    }

    public void Reset()
    {
        lock (_gate)
        {
            _events.Clear();
            _disconnects.Clear();
        }
    }

    public JsonObject Read()
    {
        lock (_gate)
        {
            return new JsonObject
            {
                ["events"] = new JsonArray([.. _events.Select(entry => new JsonObject
                {
                    ["nsp"] = entry.Namespace,
                    ["event"] = entry.Event,
                    ["args"] = Marked.Write(entry.Arguments),
                })]),
                ["disconnects"] = new JsonArray([.. _disconnects.Select(entry => new JsonObject
                {
                    ["nsp"] = entry.Namespace,
                    ["id"] = entry.Id.ToString(),
                    ["reason"] = entry.Reason,
                })]),
            };
        }
    }
}
