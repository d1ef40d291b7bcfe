using System.Text.Json;
using System.Text.Json.Nodes;

namespace TypedSocketRedis.Tests.Deployment;

/// <summary>Many official JavaScript clients with the default options, in one Node process.</summary>
public sealed class Crowd(string url) : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly NodeProgram _program = new(received: null, "crowd.mjs");

    /// <summary>Opens clients, and waits until each is connected.</summary>
    /// <param name="count">The number of clients.</param>
    /// <param name="transports">The transports in the order in which they are tried.</param>
    public Task OpenAsync(int count, params string[] transports) => _program.DoAsync("open", new JsonObject
    {
        ["url"] = url,
        ["count"] = count,
        ["transports"] = new JsonArray([.. transports.Select(transport => JsonValue.Create(transport))]),
    });

    /// <summary>Sends further events from each client, one after the other, and waits until all are acknowledged.</summary>
    /// <param name="count">The number of events of each client.</param>
    public Task SendAsync(int count) => _program.DoAsync("send", new JsonObject { ["count"] = count });

    public async Task<IReadOnlyList<Observed>> ReportAsync() => (await _program.DoAsync("report")).Deserialize<Observed[]>(Json)!;

    /// <summary>Waits until a condition holds for all clients, and returns their reports.</summary>
    public async Task<IReadOnlyList<Observed>> UntilAllAsync(Func<Observed, bool> condition, string description)
    {
        IReadOnlyList<Observed> all = [];
        try
        {
            await Patience.UntilAsync(async () => (all = await ReportAsync()).All(condition), description);
        }
        catch (TimeoutException exception)
        {
            var others = string.Join('\n', all.Where(client => !condition(client)).Take(5));
            throw new TimeoutException($"{exception.Message}; not so for\n{others}", exception);
        }

        return all;
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    /// <summary>A client and its observations.</summary>
    /// <param name="Transports">The transports that the client tries.</param>
    /// <param name="IsConnected">A value indicating whether the client is connected.</param>
    /// <param name="Transport">The transport in use.</param>
    /// <param name="Ticks">The numbers of the received events.</param>
    /// <param name="Sessions">The sessions that the client has had.</param>
    /// <param name="Losses">The ends of these sessions.</param>
    /// <param name="Errors">The errors of failed attempts to connect.</param>
    /// <param name="Acknowledged">The number of events of the client that were acknowledged.</param>
    public sealed record Observed(
        string Transports, bool IsConnected, string? Transport, int[] Ticks, Session[] Sessions, Loss[] Losses, string[] Errors,
        int Acknowledged)
    {
        /// <summary>The name of the node that has the client now.</summary>
        public string Node => Sessions[^1].Id.Split('.')[0];

        public override string ToString() =>
            $"{Transports} ({Transport}, connected: {IsConnected}) ticks: {Ticks.Length}, last {Ticks.LastOrDefault()}, "
            + $"acknowledged: {Acknowledged}; "
            + string.Join(' ', [.. Sessions.Select(one => $"{one}"), .. Losses.Select(one => $"{one}"), .. Errors]);
    }

    /// <summary>A session of a client.</summary>
    /// <param name="Id">The id of the session.</param>
    /// <param name="After">The number of events that the client had received before.</param>
    public sealed record Session(string Id, int After);

    /// <summary>The end of a session.</summary>
    /// <param name="Reason">The reason.</param>
    /// <param name="After">The number of events that the client had received before.</param>
    public sealed record Loss(string Reason, int After);
}
