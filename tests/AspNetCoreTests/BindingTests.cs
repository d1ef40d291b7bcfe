using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Options from configuration: every settable property but delegates, and what is refused at start.</summary>
public class BindingTests
{
    private static readonly HashSet<Type> Nested =
        [typeof(CompressionOptions), typeof(ConnectionStateRecoveryOptions), typeof(CookieBuilder), typeof(ShardedEmitterOptions)];

    // Texts with a meaning; all others are derived from the type of the property.
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["ServeClient"] = AppContext.BaseDirectory,
        ["Parser"] = "MessagePack",
        ["Transports"] = "Polling",
        ["Configuration"] = "localhost:1",
        ["UserRoomPrefix"] = "person:",
        ["ServerMaxWindowBits"] = "10",
        ["ClientMaxWindowBits"] = "11",
    };

    [Theory]
    [InlineData("")]
    [InlineData("admin")]
    public void Every_setting_of_a_server_is_bound_from_configuration(string name)
    {
        var services = Services();
        _ = name.Length == 0 ? services.AddSocketIO(Filled<SocketIOOptions>()) : services.AddSocketIO(name, Filled<SocketIOOptions>());
        using var provider = services.BuildServiceProvider();

        var bound = provider.GetRequiredService<IOptionsMonitor<SocketIOOptions>>().Get(name);
        AssertBound(typeof(SocketIOOptions), new SocketIOOptions(), bound);
    }

    [Fact]
    public void Every_option_of_the_adapters_and_of_the_emitter_is_bound_from_configuration()
    {
        AssertBinds<RedisAdapterOptions>();
        AssertBinds<ShardedRedisAdapterOptions>();
        AssertBinds<RedisEmitterOptions>();
    }

    [Fact]
    public void A_bound_cookie_has_the_default_attributes()
    {
        var services = Services();
        services.AddSocketIO(Section(("Cookie:Domain", "example.org")));
        using var provider = services.BuildServiceProvider();

        var cookie = provider.GetRequiredService<IOptions<SocketIOOptions>>().Value.Cookie!;
        Assert.Equal(("io", "/", true, SameSiteMode.Lax, "example.org"),
            (cookie.Name, cookie.Path, cookie.HttpOnly, cookie.SameSite, cookie.Domain));
    }

    [Theory]
    [InlineData("PingIntervall", "00:00:01", "'PingIntervall'")]
    [InlineData("HttpCompression:Treshold", "1", "'Treshold'")]
    [InlineData("PingInterval", "soon", ":PingInterval'")]
    [InlineData("Parser", "Xml", ":Parser'")]
    [InlineData("PingInterval", "-00:00:01", "SocketIOOptions.PingInterval must")]
    [InlineData("MaxAttachments", "1001", "SocketIOOptions.MaxAttachments must")]
    [InlineData("Parser", "7", "SocketIOOptions.Parser must")]
    public void A_key_or_value_that_is_no_setting_is_one_exception_at_start_that_names_it(string key, string value, string named)
    {
        var services = Services();
        services.AddSocketIO(Section((key, value)));
        using var provider = services.BuildServiceProvider();

        var failure = Assert.ThrowsAny<Exception>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.True(failure is InvalidOperationException or OptionsValidationException, failure.ToString());
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_starts_with_settings_from_configuration_and_code()
    {
        await using var server = await TestServer.StartAsync(
            o => o.PingTimeout = TimeSpan.FromSeconds(8),
            services: services => services.AddSocketIO(Section(("PingInterval", "00:00:07"))));
        using var client = await WsClient.ConnectAsync(server);

        Assert.Equal((7_000, 8_000),
            (client.Handshake.GetProperty("pingInterval").GetInt32(), client.Handshake.GetProperty("pingTimeout").GetInt32()));
    }

    private static ServiceCollection Services()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        return services;
    }

    private static void AssertBinds<TOptions>()
        where TOptions : class, new()
    {
        using var provider = new ServiceCollection().Configure<TOptions>(Filled<TOptions>()).BuildServiceProvider();
        AssertBound(typeof(TOptions), new TOptions(), provider.GetRequiredService<IOptions<TOptions>>().Value);
    }

    private static void AssertBound(Type type, object before, object after, string prefix = "")
    {
        foreach (var property in Bindable(type).Where(property => !IsOfWebSockets(prefix, property)))
        {
            var (was, now) = (property.GetValue(before), property.GetValue(after));
            Assert.NotNull(now);
            if (Nested.Contains(property.PropertyType))
                AssertBound(property.PropertyType, was ?? Defaults(property.PropertyType), now, $"{property.Name}:");
            else Assert.False(Equals(was, now), $"{type.Name}.{property.Name} is not bound.");
        }
    }

    private static IConfiguration Filled<TOptions>()
        where TOptions : new()
    {
        var values = new List<(string, string)>();
        Fill(values, "", typeof(TOptions), new TOptions());
        return Section([.. values]);
    }

    private static void Fill(List<(string, string)> values, string prefix, Type type, object defaults)
    {
        foreach (var property in Bindable(type))
        {
            var value = property.GetValue(defaults);
            if (Nested.Contains(property.PropertyType))
                Fill(values, $"{prefix}{property.Name}:", property.PropertyType, value ?? Defaults(property.PropertyType));
            else if (!IsOfWebSockets(prefix, property))
                values.Add((prefix + property.Name, Texts.GetValueOrDefault(property.Name) ?? Other(property.PropertyType, value)));
        }
    }

    /// <summary>Returns a value indicating whether a setting of compression is one of WebSockets, and must be null for HTTP.</summary>
    private static bool IsOfWebSockets(string prefix, System.Reflection.PropertyInfo property) =>
        prefix.StartsWith(nameof(SocketIOOptions.HttpCompression), StringComparison.Ordinal)
        && property.Name.EndsWith("WindowBits", StringComparison.Ordinal);

    private static object Defaults(Type type) =>
        type == typeof(CookieBuilder) ? new EngineIOCookieBuilder() : Activator.CreateInstance(type)!;

    private static IEnumerable<System.Reflection.PropertyInfo> Bindable(Type type) => type.GetProperties()
        .Where(property => property.SetMethod?.IsPublic == true && !property.PropertyType.IsSubclassOf(typeof(Delegate))
            && property.PropertyType != typeof(ILoggerFactory));

    /// <summary>Returns the text of a value that differs from a given one.</summary>
    private static string Other(Type type, object? value)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string) || type == typeof(object)) return "bound";
        if (type == typeof(bool)) return value is true ? "false" : "true";
        if (type == typeof(TimeSpan)) return (((TimeSpan?)value ?? TimeSpan.Zero) + TimeSpan.FromSeconds(1)).ToString("c");
        if (type.IsEnum) return Enum.GetNames(type).First(name => name != value?.ToString() && name != "None");
        return (Convert.ToInt64(value ?? 0, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
    }

    private static IConfiguration Section(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(one => KeyValuePair.Create($"SocketIO:{one.Key}", (string?)one.Value))).Build()
        .GetSection("SocketIO");
}
