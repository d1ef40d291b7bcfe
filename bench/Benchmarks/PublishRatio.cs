using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;

namespace TypedSocketRedis.Benchmarks;

/// <summary>The cost of a typed emit relative to a bare publish of the same bytes on the same channel of a real Redis.</summary>
/// <remarks>
/// Both use one multiplexer alternately, and both are received by the node's own subscription, so that the difference is the work of
/// the emit: encoding, the envelope, and the search for local members.
/// </remarks>
internal static class PublishRatio
{
    private const int Rounds = 40;
    private const int PerRound = 10_000;
    private const int PerPing = 500;

    private static readonly Price Quote = new("ACME", 100.25, 100.5, 300, new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc));

    public static async Task RunAsync(string[] args)
    {
        using var server = args is ["--redis", ..] ? null : Start(out args);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(args[1]);
        await using var factory = RedisAdapterFactory.Over(redis, new RedisAdapterOptions(), NullLoggerFactory.Instance,
            TimeProvider.System);
        await using var adapter = factory.Create("/", JsonPacketFormat.Default);
        var room = Emitters.Over<IBenchEvents>(adapter).To(Nodes.Room);

        var subscriber = redis.GetSubscriber();
        var channel = RedisChannel.Literal($"socket.io#/#{Nodes.Room}#");
        var bytes = await CaptureAsync(subscriber, channel, room);
        Console.WriteLine($"{bytes.Length} bytes a message, {Rounds} rounds of {PerRound} each way");

        void Bare() => subscriber.PublishAsync(channel, bytes, CommandFlags.FireAndForget);
        void Typed() => room.PriceChanged(Quote);
        List<Sample> bare = [], typed = [];
        for (var round = -4; round < Rounds; round++)
        {
            var (b, t) = (await MeasureAsync(redis, Bare), await MeasureAsync(redis, Typed));
            if (round < 0) continue;
            bare.Add(b);
            typed.Add(t);
        }

        Report("caller's thread", bare, typed, s => s.Caller);
        Report("until Redis has them", bare, typed, s => s.Whole);
        Report("processor time of the process", bare, typed, s => s.Processor);
        server?.Kill();
    }

    // Returns the published bytes as received by another process.
    private static async Task<byte[]> CaptureAsync(ISubscriber subscriber, RedisChannel channel, IBroadcast<IBenchEvents> room)
    {
        var messages = await subscriber.SubscribeAsync(channel);
        room.PriceChanged(Quote);
        byte[] bytes = (await messages.ReadAsync()).Message!;
        await messages.UnsubscribeAsync();
        return bytes;
    }

    private static async Task<Sample> MeasureAsync(ConnectionMultiplexer redis, Action publish)
    {
        var database = redis.GetDatabase();
        await database.PingAsync();
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        var caller = TimeSpan.Zero;
        for (var i = 0; i < PerRound / PerPing; i++)
        {
            // Redis keeps up, so that no commands accumulate in the process between the two measurements.
            var batch = Stopwatch.GetTimestamp();
            for (var j = 0; j < PerPing; j++) publish();
            caller += Stopwatch.GetElapsedTime(batch);
            await database.PingAsync();
        }

        var whole = Stopwatch.GetElapsedTime(start);
        process.Refresh();
        return new Sample(Micros(caller), Micros(whole), Micros(process.TotalProcessorTime - processor));
    }

    private static double Micros(TimeSpan time) => time.TotalMicroseconds / PerRound;

    private static void Report(string what, List<Sample> bare, List<Sample> typed, Func<Sample, double> of)
    {
        var (b, t) = (Median(bare.Select(of)), Median(typed.Select(of)));
        var ratio = Median(bare.Zip(typed, (x, y) => of(y) / of(x)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: bare {b:n2} µs, typed {t:n2} µs, ratio {ratio:n2}"));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static Process Start(out string[] args)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();

        var redis = Process.Start(new ProcessStartInfo("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", ""])
        {
            RedirectStandardOutput = true,
        })!;
        while (redis.StandardOutput.ReadLine() is { } line && !line.Contains("Ready to accept", StringComparison.Ordinal)) { }
        args = ["--redis", $"127.0.0.1:{port}"];
        return redis;
    }

    private readonly record struct Sample(double Caller, double Whole, double Processor);
}
