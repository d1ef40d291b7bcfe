using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using TypedSocketRedis.Broadcasting;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Redis;
using TypedSocketRedis.Tests.Doubles;
using Xunit;

namespace TypedSocketRedis.Tests.Redis;

/// <summary>The reasons of connection failures in logs, exceptions and health reports, without the password. Needs redis-server.</summary>
[Trait("Needs", "Linux")]
public sealed class RedisFailureServerTests
{
    private const int Unreachable = 1200;
    private const int Rejected = 1230;
    private const int PublishFailed = 1205;
    private const int NotPublished = 1232;
    private const string Quick = ",connectTimeout=1000,connectRetry=1";

    private static readonly string[] Forms = ["uri", "password", "user", "options", "multiplexer"];

    // A connection created by the services and one of the application.
    private static readonly string[] Ways = ["uri", "multiplexer"];

    private static readonly (string Name, string Reason, bool IsPermanent)[] Failures =
    [
        ("password", "WRONGPASS", true),
        ("no-tls", "expects TLS", true),
        ("tls", "does not use TLS", true),
        ("certificate", "certificate", true),
        ("host", "not known", false),
        ("maxclients", "max number of clients", false),
    ];

    public static TheoryData<string, string, string, bool> Cases() => Of(Forms);

    public static TheoryData<string, string, string, bool> ShardedCases() => Of(Ways);

    public static TheoryData<string, string, string, bool> EmitterCases() => Of(Ways);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task A_failure_is_reported_with_its_reason_and_without_the_secret(
        string form, string failure, string reason, bool isPermanent) =>
        AssertReasonAsync(form, failure, reason, isPermanent, isSharded: false);

    [Theory]
    [MemberData(nameof(ShardedCases))]
    public Task The_sharded_adapter_reports_the_reason_without_the_secret(
        string form, string failure, string reason, bool isPermanent) =>
        AssertReasonAsync(form, failure, reason, isPermanent, isSharded: true);

    [Theory]
    [MemberData(nameof(EmitterCases))]
    public async Task An_emitter_of_the_services_reports_the_reason_without_the_secret(
        string form, string failure, string reason, bool isPermanent)
    {
        await using var redis = await BadRedis.StartAsync(failure);
        var log = new LogSink();
        using var metrics = new MetricTags();
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(log);
        await using var multiplexer = form == "multiplexer" ? await ConnectAsync(redis) : null;
        if (multiplexer is not null) services.AddSocketIOEmitter(multiplexer);
        else services.AddSocketIOEmitter(redis.Configuration(form) + Quick);
        await using var provider = services.BuildServiceProvider();
        var emitter = provider.GetRequiredService<RedisEmitter>();

        emitter.Of<ITestEvents>().All.Emit("lost");
        var thrown = await Assert.ThrowsAsync<RedisConnectionException>(() => emitter.Of<ITestEvents>().All.EmitAsync("lost").AsTask());

        var id = isPermanent ? NotPublished : PublishFailed;
        await Eventually.TrueAsync(() => log.Entries.Any(entry => entry.Id == id), () => log.All);
        var entry = log.Entries.First(entry => entry.Id == id);
        Assert.Equal(isPermanent ? LogLevel.Error : LogLevel.Warning, entry.Level);
        Assert.Contains(reason, entry.Text, StringComparison.Ordinal);
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
        Assert.NotNull(thrown.InnerException);
        AssertNoSecret(log.All, thrown.ToString(), metrics.All,
            provider.GetRequiredService<IOptions<RedisEmitterOptions>>().Value.ToString());
    }

    private static async Task AssertReasonAsync(string form, string failure, string reason, bool isPermanent, bool isSharded)
    {
        await using var redis = await BadRedis.StartAsync(failure);
        var log = new LogSink();
        using var metrics = new MetricTags();
        await using var multiplexer = form == "multiplexer" ? await ConnectAsync(redis) : null;
        await using var services = Services(redis, form, multiplexer, isSharded, log);
        var factory = (RedisAdapterFactory)services.GetRequiredService<INamespaceAdapterFactory>();
        await using var adapter = factory.Create("/", JsonPacketFormat.Default);

        var id = isPermanent ? Rejected : Unreachable;
        await Eventually.TrueAsync(() => log.Entries.Any(entry => entry.Id == id), () => log.All);
        var thrown = await Assert.ThrowsAsync<RedisConnectionException>(
            () => Emitters.Over<ITestEvents>(adapter).All.EmitAsync("lost").AsTask());
        Emitters.Over<ITestEvents>(adapter).All.Emit("lost");
        var counted = await Assert.ThrowsAsync<RedisConnectionException>(
            () => adapter.ServerCountAsync(TestContext.Current.CancellationToken));
        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

        var entry = log.Entries.First(entry => entry.Id == id);
        Assert.Equal(isPermanent ? LogLevel.Error : LogLevel.Warning, entry.Level);
        Assert.Contains(reason, entry.Text, StringComparison.Ordinal);
        Assert.Contains(redis.Host, entry.Text, StringComparison.Ordinal);
        foreach (var exception in new[] { thrown, counted })
        {
            Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
            Assert.NotNull(exception.InnerException);
        }

        var check = report.Entries["socketio-redis"];
        Assert.Contains(reason, check.Description, StringComparison.Ordinal);
        Assert.Contains(reason, (string)check.Data["reason"], StringComparison.Ordinal);
        AssertNoSecret(
            log.All, thrown.ToString(), counted.ToString(), check.Description, check.Exception?.ToString(), string.Join(' ', check.Data),
                metrics.All,
            services.GetRequiredService<IOptions<RedisAdapterOptions>>().Value.ToString(),
            services.GetRequiredService<IOptions<ShardedRedisAdapterOptions>>().Value.ToString());
    }

    [Fact]
    public async Task A_missing_password_is_logged_with_the_error_of_Redis()
    {
        await using var redis = await BadRedis.StartAsync("password");
        var log = new LogSink();
        await using var factory = RedisAdapterFactory.Open(RedisConfiguration.Parse($"{redis.Host}:{redis.Port}"),
            new RedisAdapterOptions(), log, TimeProvider.System);
        await using var adapter = factory.Create("/", JsonPacketFormat.Default);

        await Eventually.TrueAsync(() => log.Entries.Any(entry => entry.Id == Rejected), () => log.All);

        Assert.Contains("NOAUTH", log.Entries.First(entry => entry.Id == Rejected).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password", Rejected, LogLevel.Information, false)]
    [InlineData("host", Unreachable, LogLevel.Information, false)]
    [InlineData("host", Unreachable, LogLevel.Debug, true)]
    public async Task An_entry_with_the_reason_has_an_exception_at_Debug_only(string failure, int id, LogLevel minimum, bool hasException)
    {
        await using var redis = await BadRedis.StartAsync(failure);
        var log = new LogSink { Minimum = minimum };
        await using var factory = RedisAdapterFactory.Open(
            RedisConfiguration.Parse(redis.Configuration("user") + Quick), new RedisAdapterOptions(), log, TimeProvider.System);
        await using var adapter = factory.Create("/", JsonPacketFormat.Default);

        await Eventually.TrueAsync(() => log.Entries.Any(entry => entry.Id == id), () => log.All);

        Assert.Equal(hasException, log.All.Contains("Exception", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("password", "WRONGPASS", NotPublished)]
    [InlineData("host", "not known", PublishFailed)]
    public async Task An_emitter_reports_the_reason_in_the_log_of_its_connection_and_in_exceptions(string failure, string reason, int id)
    {
        await using var redis = await BadRedis.StartAsync(failure);
        var log = new LogSink();
        var options = RedisConfiguration.Parse(redis.Configuration("user"));
        (options.AbortOnConnectFail, options.LoggerFactory, options.ConnectTimeout) = (false, log, 1000);
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(options);
        var emitter = new RedisEmitter(multiplexer);

        emitter.Of<ITestEvents>().All.Emit("lost");
        var thrown = await Assert.ThrowsAsync<RedisConnectionException>(() => emitter.Of<ITestEvents>().All.EmitAsync("lost").AsTask());

        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
        Assert.NotNull(thrown.InnerException);
        await Eventually.TrueAsync(() => log.Entries.Any(entry => entry.Id == id && entry.Text.Contains(reason, StringComparison.Ordinal)),
            () => log.All);
        AssertNoSecret(thrown.ToString(), log.All);
    }

    [Fact]
    public async Task A_connection_with_a_URI_as_its_host_is_rejected_without_the_secret()
    {
        var options = new ConfigurationOptions { AbortOnConnectFail = false, ConnectTimeout = 100, ConnectRetry = 1 };
        options.EndPoints.Add(new System.Net.DnsEndPoint($"redis://{BadRedis.User}:{BadRedis.Secret}@localhost/0", 6379));
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(options);

        var thrown = Assert.Throws<ArgumentException>(() => new RedisEmitter(multiplexer));
        var added = Assert.Throws<ArgumentException>(() => new SocketIOBuilder(new ServiceCollection()).AddRedisAdapter(multiplexer));

        AssertNoSecret(thrown.ToString(), added.ToString());
    }

    private static ServiceProvider Services(BadRedis redis, string form, IConnectionMultiplexer? multiplexer, bool isSharded, LogSink log)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(log);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddHealthChecks().AddSocketIORedis();
        var builder = new SocketIOBuilder(services);
        var configuration = redis.Configuration(form) + Quick;
        if (multiplexer is not null) _ = isSharded ? builder.AddShardedRedisAdapter(multiplexer) : builder.AddRedisAdapter(multiplexer);
        else _ = isSharded ? builder.AddShardedRedisAdapter(configuration) : builder.AddRedisAdapter(configuration);
        if (form != "options") return services.BuildServiceProvider();

        var options = RedisConfiguration.Parse(redis.Configuration("user"));
        (options.ConnectTimeout, options.ConnectRetry) = (1000, 1);
        services.AddSingleton<INamespaceAdapterFactory>(
            _ => RedisAdapterFactory.Open(options, new RedisAdapterOptions(), log, TimeProvider.System));
        return services.BuildServiceProvider();
    }

    private static async Task<ConnectionMultiplexer> ConnectAsync(BadRedis redis)
    {
        var options = RedisConfiguration.Parse(redis.Configuration("user") + Quick);
        options.AbortOnConnectFail = false;
        return await ConnectionMultiplexer.ConnectAsync(options);
    }

    private static TheoryData<string, string, string, bool> Of(string[] forms)
    {
        var cases = new TheoryData<string, string, string, bool>();
        foreach (var form in forms)
        {
            foreach (var (name, reason, isPermanent) in Failures) cases.Add(form, name, reason, isPermanent);
        }

        return cases;
    }

    private static void AssertNoSecret(params string?[] sinks)
    {
        foreach (var sink in sinks)
        {
            Assert.DoesNotContain(BadRedis.Secret, sink ?? "", StringComparison.Ordinal);
            Assert.DoesNotContain(Uri.EscapeDataString(BadRedis.Secret), sink ?? "", StringComparison.Ordinal);
        }
    }

    /// <summary>The names, tags and values of all measurements.</summary>
    private sealed class MetricTags : IDisposable
    {
        private readonly MeterListener _listener = new();
        // A set: what other tests measure at the same time must not make it grow.
        private readonly ConcurrentDictionary<string, bool> _all = new();

        public MetricTags()
        {
            _listener.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == SocketIOTelemetry.MeterName) listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
            _listener.Start();
        }

        public string All
        {
            get
            {
                _listener.RecordObservableInstruments();
                return string.Join('\n', _all.Keys);
            }
        }

        public void Dispose() => _listener.Dispose();

        private void Keep<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _all.TryAdd($"{instrument.Name} {value} {string.Join(' ', tags.ToArray())}", true);
    }
}
