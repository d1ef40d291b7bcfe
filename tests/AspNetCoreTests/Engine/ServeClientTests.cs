using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

public sealed class ServeClientTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("client-dist-");
    private readonly HttpClient _http = new();

    public ServeClientTests()
    {
        foreach (var name in new[] { "socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js" })
        {
            File.WriteAllText(Path.Combine(_folder.FullName, name), $"// {name}");
            File.WriteAllText(Path.Combine(_folder.FullName, name + ".map"), $"{{\"file\":\"{name}\"}}");
        }

        File.WriteAllText(Path.Combine(_folder.FullName, "secret.js"), "// not for pages");
    }

    public void Dispose()
    {
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("socket.io.js", "application/javascript")]
    [InlineData("socket.io.min.js", "application/javascript")]
    [InlineData("socket.io.esm.min.js", "application/javascript")]
    [InlineData("socket.io.msgpack.min.js", "application/javascript")]
    [InlineData("socket.io.js.map", "application/json")]
    [InlineData("socket.io.esm.min.js.map", "application/json")]
    public async Task A_bundle_is_served_with_its_content_type_and_revalidated_by_its_ETag(string name, string type)
    {
        await using var server = await StartAsync();
        using var response = await _http.GetAsync(Url(server, name), TestServer.Patience);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"{type}; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("public, max-age=0", response.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, name), TestServer.Patience),
            await response.Content.ReadAsStringAsync(TestServer.Patience));

        var tag = response.Headers.ETag!;
        foreach (var known in new[] { tag, new EntityTagHeaderValue(tag.Tag, isWeak: true) })
        {
            using var again = new HttpRequestMessage(HttpMethod.Get, Url(server, name)) { Headers = { IfNoneMatch = { known } } };
            using var unchanged = await _http.SendAsync(again, TestServer.Patience);
            Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        }

        await File.AppendAllTextAsync(Path.Combine(_folder.FullName, name), " changed", TestServer.Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, Url(server, name)) { Headers = { IfNoneMatch = { tag } } };
        using var changed = await _http.SendAsync(request, TestServer.Patience);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Theory]
    [InlineData("secret.js")]
    [InlineData("../socket.io/secret.js")]
    [InlineData("%2e%2e/secret.js")]
    [InlineData("..%2fsecret.js")]
    [InlineData("socket.io.js/../secret.js")]
    public async Task Other_files_are_not_served(string name)
    {
        await using var server = await StartAsync();
        using var raw = RawClient.Connect(server);
        await raw.WriteAsync($"GET /socket.io/{name} HTTP/1.1\r\nHost: x\r\n\r\n");
        var head = await raw.HeadAsync();
        Assert.True(head.StartsWith("HTTP/1.1 404", StringComparison.Ordinal) || head.StartsWith("HTTP/1.1 400", StringComparison.Ordinal),
            head);
    }

    [Fact]
    public async Task Missing_files_and_other_methods_are_refused_and_HEAD_has_no_body()
    {
        File.Delete(Path.Combine(_folder.FullName, "socket.io.min.js"));
        await using var server = await StartAsync();
        using var missing = await _http.GetAsync(Url(server, "socket.io.min.js"), TestServer.Patience);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        using var posted = await _http.PostAsync(Url(server, "socket.io.js"), null, TestServer.Patience);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Head, Url(server, "socket.io.js"));
        using var head = await _http.SendAsync(request, TestServer.Patience);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal("// socket.io.js".Length, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestServer.Patience));
    }

    [Fact]
    public async Task A_relative_folder_is_resolved_against_the_content_root()
    {
        await using var server = await TestServer.StartAsync(o => o.ServeClient = _folder.Name, contentRoot: _folder.Parent!.FullName);
        Assert.Equal("// socket.io.js", await _http.GetStringAsync(Url(server, "socket.io.js"), TestServer.Patience));
    }

    [Fact]
    public async Task The_client_is_not_served_by_default()
    {
        await using var server = await TestServer.StartAsync();
        using var response = await _http.GetAsync(Url(server, "socket.io.js"), TestServer.Patience);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Conventions_of_the_endpoint_apply_to_the_files()
    {
        await using var server = await TestServer.StartAsync(
            o => o.ServeClient = _folder.FullName,
            services: services => services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.WithOrigins("http://app.example"))),
            use: app => app.UseCors(),
            endpoint: endpoint => endpoint.RequireCors());
        using var request = new HttpRequestMessage(HttpMethod.Get,
            Url(server, "socket.io.js")) { Headers = { { "Origin", "http://app.example" } } };
        using var response = await _http.SendAsync(request, TestServer.Patience);
        Assert.Equal("http://app.example", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    private static Uri Url(TestServer server, string name) => new(server.Address, $"/socket.io/{name}");

    private Task<TestServer> StartAsync() => TestServer.StartAsync(o => o.ServeClient = _folder.FullName);
}
