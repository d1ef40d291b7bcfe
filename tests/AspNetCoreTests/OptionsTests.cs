using Microsoft.Extensions.Options;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests;

public class OptionsTests
{
    public static TheoryData<string, Action<SocketIOOptions>> Bad => new()
    {
        { "PingInterval", o => o.PingInterval = TimeSpan.Zero },
        { "PingTimeout", o => o.PingTimeout = TimeSpan.FromDays(2) },
        { "PerMessageDeflate.Threshold", o => o.PerMessageDeflate = new CompressionOptions { Threshold = -1 } },
        { "HttpCompression.Level", o => o.HttpCompression!.Level = (System.IO.Compression.CompressionLevel)9 },
        { "PerMessageDeflate.ServerMaxWindowBits", o => o.PerMessageDeflate = new CompressionOptions { ServerMaxWindowBits = 7 } },
        { "PerMessageDeflate.ClientMaxWindowBits", o => o.PerMessageDeflate = new CompressionOptions { ClientMaxWindowBits = 16 } },
        { "HttpCompression.ServerMaxWindowBits", o => o.HttpCompression!.ServerMaxWindowBits = 10 },
        { "HttpCompression.ClientMaxWindowBits", o => o.HttpCompression!.ClientMaxWindowBits = 10 },
        { "ServeClient", o => o.ServeClient = "no/such/folder" },
        { "ShutdownTimeout", o => o.ShutdownTimeout = TimeSpan.Zero },
        { "MaxSessionsPerAddress", o => o.MaxSessionsPerAddress = 0 },
        { "Cookie", o => o.Cookie = new EngineIOCookieBuilder { Name = "a b" } },
        { "UpgradeTimeout", o => o.UpgradeTimeout = TimeSpan.FromSeconds(-1) },
        { "ConnectTimeout", o => o.ConnectTimeout = Timeout.InfiniteTimeSpan },
        { "MaxHttpBufferSize", o => o.MaxHttpBufferSize = 0 },
        { "MaxQueuedBytes", o => o.MaxQueuedBytes = -1 },
        { "MaxSessions", o => o.MaxSessions = 0 },
        { "MaxSocketsPerConnection", o => o.MaxSocketsPerConnection = 0 },
        { "MaxDynamicNamespaces", o => o.MaxDynamicNamespaces = 0 },
        { "MaxHandshakeSize", o => o.MaxHandshakeSize = 1023 },
        { "MaxRoomsPerSocket", o => o.MaxRoomsPerSocket = 0 },
        { "ConnectionStateRecovery.MaxDisconnectionDuration",
            o => o.ConnectionStateRecovery = new() { MaxDisconnectionDuration = TimeSpan.Zero } },
        { "ConnectionStateRecovery.MaxBytes", o => o.ConnectionStateRecovery = new() { MaxBytes = 0 } },
        { "UserRoomPrefix", o => o.UserRoomPrefix = "user" },
        { "UserRoomPrefix", o => o.UserRoomPrefix = new string(':', 65) },
        { "MaxConcurrentEventsPerSocket", o => o.MaxConcurrentEventsPerSocket = 0 },
        { "MaxConcurrentEventsPerSocket", o => o.MaxConcurrentEventsPerSocket = 10_001 },
        { "MaxEventsPerSecond", o => o.MaxEventsPerSecond = 0 },
        { "Parser", o => o.Parser = (SocketIOParser)2 },
        { "MaxAttachments", o => o.MaxAttachments = 0 },
        { "MaxAttachments", o => o.MaxAttachments = 1001 },
        { "Transports", o => o.Transports = SocketIOTransports.None },
        { "Transports", o => o.Transports = (SocketIOTransports)8 },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task An_invalid_setting_is_named_when_the_server_starts(string name, Action<SocketIOOptions> configure)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => TestServer.StartAsync(configure));
        Assert.Contains($"SocketIOOptions.{name} ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_are_those_of_the_JavaScript_server()
    {
        var options = new SocketIOOptions();
        Assert.Equal(TimeSpan.FromSeconds(25), options.PingInterval);
        Assert.Equal(TimeSpan.FromSeconds(20), options.PingTimeout);
        Assert.Equal(TimeSpan.FromSeconds(10), options.UpgradeTimeout);
        Assert.Equal(TimeSpan.FromSeconds(45), options.ConnectTimeout);
        Assert.False(options.CloseOnAuthenticationExpiration);
        Assert.Equal(1_000_000, options.MaxHttpBufferSize);
        Assert.Equal(1, options.MaxConcurrentEventsPerSocket);
        Assert.Equal("user:", options.UserRoomPrefix);
        Assert.Null(options.AllowRequest);
        Assert.Null(options.SessionIdGenerator);
        Assert.Null(options.Cookie);
        Assert.Null(options.PerMessageDeflate);
        Assert.Equal(1024, options.HttpCompression?.Threshold);
        Assert.Equal(1024, new CompressionOptions().Threshold);
        Assert.Equal(TimeSpan.FromSeconds(2), options.ShutdownTimeout);
    }
}
