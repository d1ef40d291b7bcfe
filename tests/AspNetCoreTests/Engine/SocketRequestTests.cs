using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

/// <summary>The first request of a client, read after it has ended.</summary>
public class SocketRequestTests
{
    [Fact]
    public async Task The_first_request_of_a_polling_client_is_available_after_it_has_ended()
    {
        await using var server = await TestServer.StartAsync();
        server.Path = "/socket.io/a%20b";
        using var http = new HttpClient();
        using var opening = new HttpRequestMessage(HttpMethod.Get, server.Url("EIO=4&transport=polling&room=a%26b&room=c"));
        opening.Headers.Add("X-Key", ["1", "2"]);
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        using var response = await http.SendAsync(opening, TestServer.Patience);
        var sid = (await response.Content.ReadAsStringAsync(TestServer.Patience)).Split('"')[3];
        var joined = new Waiting<ISocket>();
        server.Server.Of("/").OnConnected(joined.Set);
        using var content = new StringContent("40");
        using var posted = await http.PostAsync(server.Url($"EIO=4&transport=polling&sid={sid}"), content, TestServer.Patience);
        var request = (await joined.Value).Request;

        Assert.Equal("1, 2", request.Headers["x-key"]);
        Assert.Equal("/socket.io/a%20b", request.Path);
        Assert.Equal("c", request.Query["room"]);
        Assert.Equal("polling", request.Query["transport"]);
        Assert.Equal(IPAddress.Loopback, request.RemoteAddress);
        Assert.Equal("HTTP/1.1", request.Protocol);
        Assert.False(request.IsHttps);
        Assert.InRange(request.ReceivedAt, before, DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.Null(request.GetClientCertificate());
    }

    [Fact]
    public async Task A_client_certificate_is_available_after_the_connection_has_ended()
    {
        using var certificate = SelfSigned("localhost");
        using var own = SelfSigned("client");
        await using var server = await TestServer.StartAsync(listen: options => options.UseHttps(certificate, https =>
        {
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.AllowAnyClientCertificate();
        }));
        var ended = new Waiting<ISocket>();
        server.Server.Of("/").OnConnected(socket =>
        {
            socket.OnDisconnected(_ => ended.Set(socket));
            return Task.CompletedTask;
        });
        using (var client = await WsClient.OpenAsync(server, configure: options => options.ClientCertificates.Add(own)))
        {
            await client.SendAsync("40");
            await client.TextAsync();
        }

        var request = (await ended.Value).Request;
        Assert.True(request.IsHttps);
        using var kept = request.GetClientCertificate();
        using var again = request.GetClientCertificate();
        Assert.Equal(own.Thumbprint, kept?.Thumbprint);
        Assert.Equal("CN=client", again?.Subject);
    }

    [Fact]
    public async Task The_number_of_clients_counts_connections()
    {
        await using var server = await TestServer.StartAsync(map: io => io.Of("/other"));
        Assert.Equal(0, server.Server.ClientCount);
        using var polling = await PollingClient.ConnectAsync(server);
        using var socket = await WsClient.ConnectAsync(server);
        await socket.SendAsync("40/other,");
        await socket.TextAsync();
        Assert.Equal(2, server.Server.ClientCount);
        await polling.PostAsync("1");
        Assert.Equal(1, server.Server.ClientCount);
    }

    private static X509Certificate2 SelfSigned(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var created = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        return X509CertificateLoader.LoadPkcs12(created.Export(X509ContentType.Pkcs12), null);
    }
}
