namespace TypedSocketRedis.Tests;

/// <summary>The Chat sample as a process.</summary>
public sealed class ChatProcessTests
{
    [Fact]
    public async Task Messages_reach_only_the_members_of_their_room()
    {
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        await using var chat = ChildProcess.Start(Tools.Dotnet, Tools.Chat, "--urls", url);
        await chat.LineAsync("Now listening on");
        await using var clients = new JsClients();
        var ada = await clients.ConnectAsync(url, "/chat");
        var bob = await clients.ConnectAsync(url, "/chat");
        var eve = await clients.ConnectAsync(url, "/chat");

        Assert.Equal("""entered["lobby",[]]""", await EnterAsync(ada, "lobby", "Ada"));
        Assert.Equal("""entered["kitchen",[]]""", await EnterAsync(eve, "kitchen", "Eve"));
        Assert.Equal("""entered["lobby",[]]""", await EnterAsync(bob, "lobby", "Bob"));
        await ada.EmitAsync("say", """["Good evening"]""");
        Assert.StartsWith("""said[{"name":"Ada","text":"Good evening","at":"20""", await bob.NextAsync("said"), StringComparison.Ordinal);
        Assert.StartsWith("""said[{"name":"Ada","text":"Good evening","at":"20""", await ada.NextAsync("said"), StringComparison.Ordinal);

        await eve.EmitAsync("say", """["Anyone here?"]""");
        Assert.StartsWith("""said[{"name":"Eve","text":"Anyone here?",""", await eve.NextAsync("said"), StringComparison.Ordinal);

        await bob.DisconnectAsync();
        Assert.Equal("""present[["Ada"]]""", await ada.NextAsync("present"));
        Assert.StartsWith("""entered["lobby",[{"name":"Ada",""", await EnterAsync(eve, "lobby", "Eve"), StringComparison.Ordinal);
    }

    private static async Task<string> EnterAsync(JsSocket client, string room, string name)
    {
        await client.EmitAsync("enter", $"""["{room}","{name}"]""");
        return await client.NextAsync("entered");
    }
}
