using System.Reflection;
using TypedSocketRedis.Engine;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Every public option of every package, found by reflection, so that none is without a check of its range.</summary>
public class OptionRangeTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    // The checks that run at the start, by the type of the options. They return what they report.
    private static readonly Dictionary<Type, Func<object, string>> Checks = new()
    {
        [typeof(SocketIOOptions)] = options => Check((SocketIOOptions)options),
        [typeof(EngineIOOptions)] = options =>
        {
            var checks = new OptionChecks(nameof(EngineIOOptions));
            checks.Engine((EngineIOOptions)options);
            return string.Join(' ', checks.Failures);
        },
        [typeof(CompressionOptions)] = options => Check(new SocketIOOptions { PerMessageDeflate = (CompressionOptions)options }),
        [typeof(ConnectionStateRecoveryOptions)] = options =>
            Check(new SocketIOOptions { ConnectionStateRecovery = (ConnectionStateRecoveryOptions)options }),
        [typeof(RedisAdapterOptions)] = options => string.Join(' ', ((RedisAdapterOptions)options).Failures()),
        [typeof(ShardedRedisAdapterOptions)] = options => string.Join(' ', ((ShardedRedisAdapterOptions)options).Failures()),
        [typeof(RedisEmitterOptions)] = options => string.Join(' ', ((RedisEmitterOptions)options).Failures()),
        [typeof(ShardedEmitterOptions)] = options =>
            string.Join(' ', new RedisEmitterOptions { Sharded = (ShardedEmitterOptions)options }.Failures()),
        [typeof(SocketHarnessOptions)] = options =>
        {
            try
            {
                ((SocketHarnessOptions)options).Checked();
                return "";
            }
            catch (ArgumentException exception)
            {
                return $"SocketHarnessOptions.{exception.ParamName} {exception.Message}";
            }
        },
    };

    // Checked where a client connects, since the number of nodes is the bound.
    private static readonly Type[] Others = [typeof(HarnessClientOptions)];

    // Zero compresses every message.
    private static readonly string[] MayBeZero = ["CompressionOptions.Threshold"];

    public static TheoryData<string, string, object?> BadValues
    {
        get
        {
            var data = new TheoryData<string, string, object?>();
            foreach (var type in Checks.Keys)
            {
                foreach (var option in Options(type))
                foreach (var value in Bad(type, option)) data.Add(type.Name, option.Name, value);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(BadValues), DisableDiscoveryEnumeration = true)]
    public void A_value_out_of_range_is_reported_with_the_name_of_the_option(string type, string option, object? value)
    {
        var checks = Checks.Single(one => one.Key.Name == type);
        var options = Activator.CreateInstance(checks.Key)!;
        Assert.Equal("", checks.Value(options));
        checks.Key.GetProperty(option)!.SetValue(options, value);
        Assert.Contains($".{option} ", checks.Value(options), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_class_of_options_is_checked() => Assert.Equal(
        Checks.Keys.Concat(Others).Select(type => type.Name).Order(),
        new[] { typeof(SocketIOOptions), typeof(RedisEmitterOptions), typeof(SocketHarness), typeof(SocketId) }
            .SelectMany(type => type.Assembly.GetExportedTypes())
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && !type.IsAbstract && !type.IsInterface)
            .Select(type => type.Name).Order());

    private static string Check(SocketIOOptions options) => new SocketIOOptionsValidator().Validate(null, options).FailureMessage ?? "";

    private static IEnumerable<PropertyInfo> Options(Type type) =>
        type.GetProperties().Where(option => option.SetMethod?.IsPublic == true);

    private static IEnumerable<object?> Bad(Type type, PropertyInfo option)
    {
        var of = Nullable.GetUnderlyingType(option.PropertyType) ?? option.PropertyType;
        if (of == typeof(TimeSpan))
        {
            yield return TimeSpan.Zero;
            yield return Timeout.InfiniteTimeSpan;
            yield return TimeSpan.MinValue;
            yield return TimeSpan.MaxValue;
        }
        else if (of == typeof(int) || of == typeof(long))
        {
            yield return Convert.ChangeType(-1, of, null);
            yield return of.GetField(nameof(int.MinValue))!.GetValue(null);
            if (!MayBeZero.Contains($"{type.Name}.{option.Name}")) yield return Convert.ChangeType(0, of, null);
        }
        else if (of.IsEnum)
        {
            yield return Enum.ToObject(of, 1 << 20);
        }
        else if (!of.IsValueType && Nullability.Create(option).WriteState == NullabilityState.NotNull)
        {
            yield return null;
        }
    }
}
