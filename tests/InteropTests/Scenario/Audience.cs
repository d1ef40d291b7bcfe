namespace TypedSocketRedis.Tests;

/// <summary>The four clients of the conversation, connected to one server.</summary>
public sealed class Audience
{
    private readonly Dictionary<char, JsSocket> _clients = [];

    /// <summary>Connects the clients and joins their rooms.</summary>
    public static async Task<Audience> ConnectAsync(JsClients clients, string url, string transport = "websocket")
    {
        var audience = new Audience();
        foreach (var (letter, rooms) in new[] { ('a', "a"), ('b', "ab"), ('c', ""), ('d', "a") })
        {
            var client = await clients.ConnectAsync(url, letter == 'd' ? "/desk" : "/", [transport]);
            await client.JoinAsync([.. rooms.Select(room => $"{room}")]);
            audience._clients[letter] = client;
        }

        return audience;
    }

    /// <summary>Asserts that each client received its part of the conversation completely, in order, and nothing else.</summary>
    public async Task AssertReceivedAsync()
    {
        foreach (var (letter, client) in _clients)
            Assert.Equal(Conversation.For(letter), await client.UntilAsync("end"));
    }
}
