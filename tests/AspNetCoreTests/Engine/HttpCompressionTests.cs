using System.IO.Compression;
using System.Text;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Engine;

public class HttpCompressionTests
{
    private static readonly string Large = new('x', 5000);

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("deflate", "deflate")]
    [InlineData("gzip, deflate, br", "gzip")]
    [InlineData("gzip;q=0.5, deflate", "deflate")]
    [InlineData("*", "gzip")]
    [InlineData("*;q=0.1, gzip;q=0", "deflate")]
    [InlineData("gzip;q=0, deflate;q=0", null)]
    [InlineData("br", null)]
    [InlineData("", null)]
    [InlineData(";;;", null)]
    public async Task A_large_response_has_an_encoding_that_the_client_accepts(string accepted, string? encoding)
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal((encoding, $"42[\"tick\",1,\"{Large}\"]"), await PollAsync(server, accepted, io => io.Padded(1, Large.Length)));
    }

    [Theory]
    [InlineData(1011, null)]
    [InlineData(1012, "gzip")]
    public async Task The_threshold_applies_to_the_whole_response(int padding, string? encoding)
    {
        Assert.Equal(1024, "42[\"tick\",1,\"\"]".Length + 1009);
        await using var server = await TestServer.StartAsync(o => o.HttpCompression!.Threshold = 1024 + 3);
        Assert.Equal(encoding, (await PollAsync(server, "gzip", io => io.Padded(1, padding))).Encoding);
    }

    [Fact]
    public async Task Compression_can_be_disabled_per_event_and_per_server()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Null((await PollAsync(server, "gzip", io => io.Compress(false).Padded(1, Large.Length))).Encoding);
        await using var off = await TestServer.StartAsync(o => o.HttpCompression = null);
        Assert.Null((await PollAsync(off, "gzip", io => io.Padded(1, Large.Length))).Encoding);
    }

    private static async Task<(string? Encoding, string Text)> PollAsync(TestServer server, string accepted,
        Action<IBroadcast<ITestEvents>> emit)
    {
        using var client = await PollingClient.ConnectAsync(server);
        emit(server.Server.Of<ITestEvents>().All);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url($"EIO=4&transport=polling&sid={client.Sid}"));
        if (accepted.Length > 0) request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var response = await http.SendAsync(request, TestServer.Patience);
        Assert.Equal("text/plain; charset=UTF-8", response.Content.Headers.GetValues("Content-Type").Single());
        var body = await response.Content.ReadAsByteArrayAsync(TestServer.Patience);
        Assert.Equal(body.Length, response.Content.Headers.ContentLength);
        var encoding = response.Content.Headers.ContentEncoding.SingleOrDefault();
        await using var bytes = new MemoryStream(body);
        await using Stream plain = encoding switch
        {
            "gzip" => new GZipStream(bytes, CompressionMode.Decompress),
            "deflate" => new ZLibStream(bytes, CompressionMode.Decompress),
            _ => bytes,
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return (encoding, await reader.ReadToEndAsync(TestServer.Patience));
    }
}
