using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>Frames written to the connection or to the upgraded stream, depending on the web server; clients see no difference.</summary>
public class SinkTests
{
    [Fact]
    public async Task Frames_are_encrypted_on_a_connection_with_TLS()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        await using var server = await TestServer.StartAsync(listen: options => options.UseHttps(certificate));
        Assert.Equal("https", server.Address.Scheme);
        await ExchangeAsync(server);
    }

    [Fact]
    public async Task Frames_are_written_to_the_upgraded_stream_if_the_server_hides_the_connection()
    {
        await using var server = await TestServer.StartAsync(use: app => app.Use((context, next) =>
        {
            context.Features.Set<IConnectionTransportFeature>(null);
            return next(context);
        }));
        await ExchangeAsync(server);
    }

    private static async Task ExchangeAsync(TestServer server)
    {
        server.Server.Of("/").On("message",
            (socket, arguments) => socket.Client<AnyEvents>().EmitAsync("message-back", arguments).AsTask());
        server.Server.Of("/").On("bye", (socket, _) => socket.DisconnectAsync(close: true).AsTask());
        using var client = await WsClient.ConnectAsync(server);
        foreach (var length in new[] { 10, 5000, 500_000 })
        {
            var text = new string('x', length);
            await client.SendAsync($"42[\"message\",\"{text}\"]");
            Assert.Equal($"42[\"message-back\",\"{text}\"]", await client.TextAsync());
        }

        for (var i = 0; i < 1000; i++) server.Server.Of<ITestEvents>().All.Tick(i);
        for (var i = 0; i < 1000; i++) Assert.Equal($"42[\"tick\",{i}]", await client.TextAsync());
        await client.SendAsync("42[\"bye\"]");
        Assert.Equal("41", await client.TextAsync());
        await client.ClosedAsync();
    }
}
