namespace TypedSocketRedis.LoadTest.Load;

/// <summary>A client of this library's server over HTTP long-polling.</summary>
internal sealed class PollingClient : ILoadClient
{
    private const char Separator = '\u001e';

    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };

    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _session;
    private Task _reading = Task.CompletedTask;

    private PollingClient(Uri session) => _session = session;

    /// <summary>Opens a session, and connects to the main namespace.</summary>
    public static async Task<PollingClient> ConnectAsync(int port, Action<int> received)
    {
        var server = $"http://127.0.0.1:{port}/socket.io/?EIO=4&transport=polling";
        var opened = await Http.GetStringAsync(new Uri(server));
        var client = new PollingClient(new Uri($"{server}&sid={opened.Split('"')[3]}"));
        await client.PostAsync("40");
        await Http.GetStringAsync(client._session);
        client._reading = client.ReadAsync(received);
        return client;
    }

    public Task TriggerAsync(int number) => PostAsync($"42[\"go\",{number}]");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task PostAsync(string packet)
    {
        using var content = new StringContent(packet);
        using var response = await Http.PostAsync(_session, content);
        response.EnsureSuccessStatusCode();
    }

    private async Task ReadAsync(Action<int> received)
    {
        while (true)
        {
            var packets = (await Http.GetStringAsync(_session, _stop.Token)).Split(Separator);
            if (packets.Contains("2")) await PostAsync("3");
            if (packets.Count(packet => packet.StartsWith("42", StringComparison.Ordinal)) is > 0 and var events) received(events);
        }
    }
}
