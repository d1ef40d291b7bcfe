using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Namespaces;

/// <summary>Text from clients, which cannot write lines or terminal commands into a log.</summary>
public sealed class LogTextTests
{
    private readonly LogEntries _log = new();

    [Fact]
    public async Task Control_characters_of_a_namespace_and_an_event_are_escaped()
    {
        await using var server = await TestServer.StartAsync(
            services: services => services.AddLogging(logging => logging.AddProvider(_log)));
        server.Server.Of((_, _, _) => ValueTask.FromResult(true)).OnAny((_, _, _) => throw new InvalidOperationException("failed"));
        var path = "/a\r\nfail: \u001b[31mforged";
        var (client, _) = await SioClient.ConnectAsync(server, path: path);
        using var closing = client;
        await client.SendAsync($"42{path},1[\"event\\r\\nfail: \\u001b[31mforged\"]");
        while (_log.Errors.Count == 0) await Task.Yield();

        var error = Assert.Single(_log.Errors).Split("System.InvalidOperationException")[0];
        Assert.DoesNotContain(error, char.IsControl);
        Assert.Contains(@"event\u000D\u000Afail: \u001B[31mforged", error, StringComparison.Ordinal);
        Assert.Contains(@"/a\u000D\u000Afail: \u001B[31mforged", error, StringComparison.Ordinal);
    }
}
