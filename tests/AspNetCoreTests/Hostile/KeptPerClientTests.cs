using System.Reflection;
using System.Text.RegularExpressions;
using TypedSocketRedis.Engine;
using TypedSocketRedis.Namespaces;
using TypedSocketRedis.Protocol;
using TypedSocketRedis.Tests.Harness;
using Xunit;

namespace TypedSocketRedis.Tests.Hostile;

/// <summary>The bounds of all data kept for one client.</summary>
public class KeptPerClientTests
{
    [Fact]
    public void Every_field_kept_for_a_client_has_a_bound()
    {
        var kept = new KeptFields();
        kept.Add(typeof(ClientConnection));
        kept.Add(typeof(ServerSocket));
        kept.Add(typeof(SocketCore));
        kept.Add(typeof(EngineSession));
        kept.Add(typeof(WebSocketConnection));
        Assert.Equal(KeptBounds.All.Keys.Order(StringComparer.Ordinal), kept.Growing.Order(StringComparer.Ordinal));
        Assert.Equal(KeptBounds.Shared.Select(type => type.Name).Order(StringComparer.Ordinal), kept.Shared.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Only_the_last_hundred_namespaces_with_a_server_disconnect_are_remembered()
    {
        await using var server = await TestServer.StartAsync(map: io =>
        {
            io.Of("/").On("ping", (_, _) => Task.CompletedTask);
            io.Of(new Regex(@"^/n-[0-9]+\z")).OnConnected(socket => socket.DisconnectAsync().AsTask());
        });
        using var client = (await SioClient.ConnectAsync(server)).Client;
        for (var i = 0; i <= 100; i++)
        {
            await client.SendAsync($"40/n-{i},");
            Assert.StartsWith($"40/n-{i},", await client.NextAsync(), StringComparison.Ordinal);
            Assert.Equal($"41/n-{i},", await client.NextAsync());
        }

        // An event that the client sent before it received the disconnect packet.
        await client.SendAsync("42/n-1,[\"late\"]");
        await client.SendAsync("427[\"ping\"]");
        Assert.Equal("437[]", await client.NextAsync());
        await client.SendAsync("42/n-0,[\"late\"]");
        await client.EndedAsync();
    }

    [Fact]
    public void Every_bound_has_a_test()
    {
        var tests = typeof(KeptPerClientTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute)))
                .Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(KeptBounds.All.Values.Select(bound => bound.Test).OfType<string>(), test => !tests.Contains(test));
    }
}

/// <summary>The fields of the objects that are kept for one client, found from the fields of its main objects.</summary>
internal sealed class KeptFields
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Assembly[] Assemblies = [typeof(SocketNamespace).Assembly, typeof(SocketEventsAttribute).Assembly];

    private readonly HashSet<Type> _seen = [];

    /// <summary>Gets the fields that can hold more than a fixed number of bytes.</summary>
    public SortedSet<string> Growing { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the names of the types whose objects serve all clients.</summary>
    public SortedSet<string> Shared { get; } = new(StringComparer.Ordinal);

    public void Add(Type type)
    {
        if (!_seen.Add(type)) return;
        for (var declaring = type; declaring is not null && Assemblies.Contains(declaring.Assembly); declaring = declaring.BaseType)
        {
            foreach (var field in declaring.GetFields(Own)) Add(declaring, field);
        }
    }

    private static string Text(FieldInfo field) =>
        field.Name[0] == '<' ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;

    private static bool IsFixed(Type type) => type.IsPrimitive || type.IsEnum || KeptBounds.Fixed.Contains(type);

    private void Add(Type declaring, FieldInfo field)
    {
        var type = Nullable.GetUnderlyingType(field.FieldType) ?? field.FieldType;
        if (IsFixed(type)) return;
        if (KeptBounds.Shared.Contains(type)) Shared.Add(type.Name);
        else if (type.IsInterface && Assemblies.Contains(type.Assembly)) AddImplementations(type);
        else if (Assemblies.Contains(type.Assembly) && !type.IsSubclassOf(typeof(Delegate)) && !type.IsArray && type != typeof(Frame))
            Add(type);
        else Growing.Add($"{declaring.Name}.{Text(field)}");
    }

    private void AddImplementations(Type type)
    {
        foreach (var one in Assemblies.SelectMany(assembly => assembly.GetTypes()).Where(one => one.IsClass && type.IsAssignableFrom(one)))
            Add(one);
    }
}
