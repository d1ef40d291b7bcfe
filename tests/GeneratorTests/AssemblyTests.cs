using Microsoft.CodeAnalysis;
using Xunit;

namespace TypedSocketRedis.Tests;

public sealed class AssemblyTests
{
    private const string Contracts = """
        namespace Shared;
        [SocketEvents("/clock")] public interface IClockEvents { void Time(DateTime now); Task<Zone> Where(string city, CancellationToken cancellationToken = default); }
        [SocketCommands("/clock")] public interface IClockCommands { Task<Zone> Find(string city, CancellationToken cancellationToken = default); }
        public sealed record Zone(string Name, List<Zone>? Near = null);
        """;

    private const string Consumer = """
        using Shared;
        public sealed class Clock : IClockCommands
        {
            public Task<Zone> Find(string city, CancellationToken cancellationToken) => Task.FromResult(new Zone(city));
            public static async Task Use(IEmitter<IClockEvents> clock, ISocketClient<IClockEvents> one)
            {
                clock.To("utc").Time(DateTime.UtcNow);
                Zone zone = await one.Where("x");
                IReadOnlyList<Zone> zones = await clock.All.WithTimeout(TimeSpan.FromSeconds(1)).Where("x");
                object sent = new ClockEvents.Time(DateTime.UtcNow);
            }
        }
        [SocketEvents] public interface IMoreEvents : IClockEvents { void More(Zone zone); }
        [SocketCommands] public interface IMoreCommands : IClockCommands { Task More(Zone zone); }
        """;

    [Fact]
    public void A_contract_of_another_assembly_can_be_used_and_inherited()
    {
        var shared = GeneratorHarness.Compile(GeneratorHarness.File(Contracts)).WithAssemblyName("Shared");
        shared = shared.AddSyntaxTrees(
            GeneratorHarness.Run(shared).GeneratedSources.Select(s => GeneratorHarness.File(s.SourceText.ToString(), s.HintName)));
        using var image = new MemoryStream();
        Assert.True(shared.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);

        var consumer = GeneratorHarness.Compile(GeneratorHarness.File(Consumer))
            .AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        var result = GeneratorHarness.Run(consumer);
        Assert.Empty(result.Diagnostics);
        Assert.Empty(GeneratorHarness.Diagnose(consumer, result));
    }

    [Fact]
    public void An_assembly_with_visible_internals_can_have_the_same_formatters()
    {
        var shared = GeneratorHarness.Compile(GeneratorHarness.File("""
            [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Consumer")]
            namespace Shared;
            internal record P(List<string> A);
            [SocketEvents] internal interface ISharedEvents { void A(P p); }
            """)).WithAssemblyName("Shared");
        shared = shared.AddSyntaxTrees(
            GeneratorHarness.Run(shared).GeneratedSources.Select(s => GeneratorHarness.File(s.SourceText.ToString(), s.HintName)));
        using var image = new MemoryStream();
        Assert.True(shared.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);

        var consumer = GeneratorHarness.Compile(GeneratorHarness.File("""
            using Shared;
            [SocketEvents] internal interface IMoreEvents { void More(P p, List<string> all); }
            internal static class Use { public static void Both(IBroadcast<ISharedEvents> a, IBroadcast<IMoreEvents> b) { a.A(new([])); b.More(new([]), []); } }
            """)).AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        Assert.Empty(GeneratorHarness.Diagnose(consumer, GeneratorHarness.Run(consumer)));
    }

    [Theory]
    [InlineData("try", "@try")]
    [InlineData("class.static", "@class.@static")]
    [InlineData("record.await.1-2", "@record.@await.@_1_2")]
    [InlineData("namespace.Überall", "@namespace.@Überall")]
    public void An_assembly_can_be_named_like_a_keyword(string name, string place)
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File($$"""
            [SocketEvents] public interface IEvents { void A(List<int> a, Money m); }
            [MessagePack.MessagePackFormatter(typeof(F))] public record Money(int A);
            public class F : MessagePack.Formatters.IMessagePackFormatter<Money?>
            {
                public void Serialize(ref MessagePack.MessagePackWriter w, Money? v, MessagePack.MessagePackSerializerOptions o) { }
                public Money? Deserialize(ref MessagePack.MessagePackReader r, MessagePack.MessagePackSerializerOptions o) => null;
            }
            static class Use { public static object Resolver => {{place}}.SocketEventsResolver.Instance; }
            """)).WithAssemblyName(name);
        Assert.Empty(GeneratorHarness.Diagnose(compilation, GeneratorHarness.Run(compilation)));
    }

    [Fact]
    public void Public_contracts_do_not_depend_on_the_server()
    {
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File(Contracts));
        var code = string.Concat(GeneratorHarness.Run(compilation).GeneratedSources.Select(s => s.SourceText.ToString()));
        Assert.DoesNotContain("AspNetCore", code, StringComparison.Ordinal);
        Assert.DoesNotContain("SocketNamespace", code, StringComparison.Ordinal);
    }
}
