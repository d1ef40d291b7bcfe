using System.Text.Json;

namespace TypedSocketRedis.Tests;

/// <summary>Clients of two nodes of the Chat sample.</summary>
public sealed class ChatTests(ChatCluster chat) : IClassFixture<ChatCluster>, IAsyncLifetime
{
    private readonly JsClients _clients = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _clients.DisposeAsync();

    [Fact]
    public async Task Messages_and_presence_reach_the_members_of_a_room_on_both_nodes()
    {
        var ada = await ConnectAsync("Ada", "a");
        var bob = await ConnectAsync("Bob", "b");
        var eve = await ConnectAsync("Eve", "b");
        await EnterAsync(ada, "lobby");
        Assert.Equal("""present["lobby",["Ada"]]""", await ada.NextAsync("present"));
        await EnterAsync(bob, "lobby");
        Assert.Equal("""present["lobby",["Ada","Bob"]]""", await ada.NextAsync("present"));
        Assert.Equal("""present["lobby",["Ada","Bob"]]""", await bob.NextAsync("present"));
        await EnterAsync(eve, "kitchen");

        Assert.Equal("null", await ada.AskAsync("say", """["lobby"," Good evening "]"""));
        AssertMessage("Ada", "Good evening", JsonElement.Parse((await ada.NextAsync("said"))["said".Length..])[1]);
        AssertMessage("Ada", "Good evening", JsonElement.Parse((await bob.NextAsync("said"))["said".Length..])[1]);
        Assert.Equal("null", await eve.AskAsync("say", """["kitchen","Anyone here?"]"""));
        Assert.Contains("Anyone here?", await eve.NextAsync("said"), StringComparison.Ordinal);

        await bob.DisconnectAsync();
        Assert.Equal("""present["lobby",["Ada"]]""", await ada.NextAsync("present"));
        AssertMessage("Ada", "Good evening", (await EnterAsync(eve, "lobby")).EnumerateArray().Last());
        Assert.Equal("""present["lobby",["Ada","Eve"]]""", await ada.NextAsync("present"));
    }

    [Fact]
    public async Task A_whisper_reaches_all_clients_of_a_user_and_no_other()
    {
        var one = await ConnectAsync("Grace", "a");
        var two = await ConnectAsync("Grace", "b");
        var alan = await ConnectAsync("Alan", "b");

        AssertMessage("Alan", "psst", JsonElement.Parse(await alan.AskAsync("whisper", """["Grace","psst"]""")));
        foreach (var client in new[] { one, two })
            AssertMessage("Alan", "psst", JsonElement.Parse((await client.NextAsync("whispered"))["whispered".Length..])[0]);
        Assert.Equal("""{"error":"Zoe is not online."}""", await alan.AskAsync("whisper", """["Zoe","psst"]"""));
    }

    [Fact]
    public async Task Signing_out_disconnects_the_clients_of_the_user_on_both_nodes()
    {
        var one = await ConnectAsync("Linus", "a");
        var two = await ConnectAsync("Linus", "b");
        var other = await ConnectAsync("Ken", "b");

        await one.EmitAsync("signOut", "[]");

        Assert.Equal("""$disconnect["io server disconnect"]""", await one.NextAsync("$disconnect"));
        Assert.Equal("""$disconnect["io server disconnect"]""", await two.NextAsync("$disconnect"));
        Assert.Equal("""{"error":"Linus is not online."}""", await other.AskAsync("whisper", """["Linus","hello"]"""));
    }

    [Theory]
    [InlineData("say", """["lobby","hello"]""", "Enter the room first.")]
    [InlineData("enter", """["user:Ada"]""", "There is no room 'user:Ada'.")]
    [InlineData("whisper", """["","hello"]""", " is not online.")]
    [InlineData("whisper", """["Mallory"," "]""", "A message has 1 to 500 characters.")]
    [InlineData("say", "[5]", "Event 'say', room: expected text, found the number 5.")]
    public async Task Wrong_input_is_acknowledged_with_the_error(string name, string arguments, string error)
    {
        var mallory = await ConnectAsync("Mallory", "a");

        Assert.Equal($$"""{"error":"{{error}}"}""", await mallory.AskAsync(name, arguments));
    }

    [Fact]
    public async Task A_client_without_a_token_is_refused() =>
        Assert.Equal("""$error["Authentication is required."]""", await _clients.RefusedAsync(chat.UrlOf("a"), "/chat"));

    [Theory]
    [InlineData("health")]
    [InlineData("live")]
    public async Task A_node_reports_that_it_is_ready_and_alive(string path)
    {
        using var http = new HttpClient();
        Assert.Equal("Healthy", await http.GetStringAsync($"{chat.UrlOf("a")}/{path}", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_proxy_keeps_polling_clients_at_their_nodes_and_lets_them_upgrade()
    {
        var token = await chat.LoginAsync("Poll");
        foreach (var transports in new string[][] { ["polling"], ["polling"], ["polling", "websocket"], ["polling", "websocket"] })
        {
            var client = await _clients.ConnectAsync(chat.Url, "/chat", transports, token: token);
            await EnterAsync(client, "kitchen");
            Assert.Equal("null", await client.AskAsync("say", """["kitchen","through the proxy"]"""));
            Assert.Contains("through the proxy", await client.NextAsync("said"), StringComparison.Ordinal);
            if (transports.Length > 1) await Patience.UntilAsync(
                async () => await client.TransportAsync() == "websocket", "the connection is a WebSocket");
        }
    }

    [Fact]
    public async Task Clients_of_a_killed_node_continue_at_the_other_one()
    {
        var client = await _clients.ConnectAsync(chat.Url, "/chat", ["polling"], token: await chat.LoginAsync("Moved"));
        var other = await _clients.ConnectAsync(chat.Url, "/chat", ["polling"], token: await chat.LoginAsync("Other"));

        // Each of the two nodes has one of the clients.
        await chat.KillAsync("a");
        try
        {
            foreach (var each in new[] { client, other })
                await Patience.UntilAsync(async () => await CanEnterAsync(each), "the client can enter a room");
        }
        finally
        {
            await chat.StartAsync("a");
        }
    }

    private static async Task<bool> CanEnterAsync(JsSocket client)
    {
        try
        {
            return JsonElement.Parse(await client.AskAsync("enter", """["kitchen"]""")).ValueKind == JsonValueKind.Array;
        }
        catch (InvalidOperationException)
        {
            // The connection ended before the acknowledgement.
            return false;
        }
    }

    private static async Task<JsonElement> EnterAsync(JsSocket client, string room) =>
        JsonElement.Parse(await client.AskAsync("enter", $"[\"{room}\"]"));

    private static void AssertMessage(string user, string text, JsonElement message) => Assert.Equal(
        (user, text), (message.GetProperty("user").GetString(), message.GetProperty("text").GetString()));

    private async Task<JsSocket> ConnectAsync(string user, string node) =>
        await _clients.ConnectAsync(chat.UrlOf(node), "/chat", token: await chat.LoginAsync(user));
}
