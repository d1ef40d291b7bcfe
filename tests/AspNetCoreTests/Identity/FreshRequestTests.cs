using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Namespaces;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Identity;

/// <summary>The copies of a connection's first request in which clients are authenticated.</summary>
public class FreshRequestTests
{
    [Fact]
    public async Task A_copy_has_everything_that_schemes_read()
    {
        using var key = ECDsa.Create();
        using var certificate = new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        var first = new DefaultHttpContext();
        first.Request.Method = "GET";
        first.Request.Scheme = "https";
        first.Request.Host = new HostString("server.example:8443");
        first.Request.PathBase = "/näme";
        first.Request.Path = "/socket io/";
        first.Request.QueryString = new QueryString("?EIO=4&access_token=a%20b");
        first.Request.Headers.Authorization = "Basic x";
        first.Request.Headers.Cookie = new(["a=1", "b=2"]);
        first.Connection.RemoteIpAddress = IPAddress.Parse("2001:db8::1");
        first.Connection.ClientCertificate = certificate;

        var data = FirstRequest.Read(first, DateTimeOffset.UnixEpoch).Read();
        using var copied = X509CertificateLoader.LoadCertificate(data.Certificate!);
        var services = new ServiceProvider();
        using var aborted = new CancellationTokenSource();
        var context = FreshRequest.Create(data, services, copied, aborted.Token);
        var request = context.Request;
        Assert.NotSame(first, context);
        Assert.Equal(("GET", "https", "server.example:8443"), (request.Method, request.Scheme, request.Host.Value));
        Assert.True(request.IsHttps);
        Assert.Equal(("/näme", "/socket io/"), (request.PathBase.Value, request.Path.Value));
        Assert.Equal("a b", request.Query["access_token"]);
        Assert.Equal("Basic x", request.Headers.Authorization);
        Assert.Equal(("1", "2"), (request.Cookies["a"], request.Cookies["b"]));
        Assert.Equal(IPAddress.Parse("2001:db8::1"), context.Connection.RemoteIpAddress);
        Assert.Equal("CN=client", (await context.Connection.GetClientCertificateAsync(aborted.Token))?.Subject);
        Assert.Same(services, context.RequestServices);
        Assert.Equal(aborted.Token, context.RequestAborted);
        await context.Response.WriteAsync("dropped", aborted.Token);
    }

    [Fact]
    public void A_request_without_authentication_keeps_no_certificate_and_no_scheme()
    {
        var first = new DefaultHttpContext();
        first.Request.Path = "/socket.io/";
        var data = FirstRequest.Read(first, DateTimeOffset.UnixEpoch).Read();
        Assert.Equal((null, null, null), (data.Certificate, data.Scheme, data.Expires));
        Assert.Equal("", FreshRequest.Create(data, new ServiceProvider(), null, TestServer.Patience).Request.PathBase.Value);
    }

    private sealed class ServiceProvider : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
