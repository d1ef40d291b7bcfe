using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>Compiles a source with its generated code, loads the assembly, and runs its method <c>Case.Run</c>.</summary>
internal static class RunHarness
{
    private const string Helpers = """
        public static class Show
        {
            private static readonly MessagePack.MessagePackSerializerOptions Options =
                MessagePack.MessagePackSerializerOptions.Standard.WithResolver(Consumer.SocketEventsResolver.Instance);

            public static string Json<T>(T value) =>
                MessagePack.MessagePackSerializer.ConvertToJson(MessagePack.MessagePackSerializer.Serialize(value, Options));

            public static T Read<T>(string json)
            {
                try { return MessagePack.MessagePackSerializer.Deserialize<T>(MessagePack.MessagePackSerializer.ConvertFromJson(json), Options); }
                catch (MessagePack.MessagePackSerializationException e) when (e.InnerException is { } inner)
                {
                    throw new InvalidOperationException(inner.Message, inner);
                }
            }

            public static string Sent(Action<SocketEventsRecorder> send)
            {
                var recorder = new SocketEventsRecorder();
                send(recorder);
                return string.Join("\n", recorder.Events);
            }

            public static string Handle<T>(TypedSocketRedis.CompilerServices.EventDispatcher<T> dispatcher, T handler, string name, string json)
                where T : class
            {
                var incoming = new TypedSocketRedis.CompilerServices.IncomingEvent(name, SocketArguments.FromJson(json), true, default);
                try { return MessagePack.MessagePackSerializer.ConvertToJson(dispatcher.DispatchAsync(handler, incoming).AsTask().Result); }
                catch (EventDataException e) { return e.Message; }
            }
        }
        """;

    /// <summary>Returns the lines that <c>public static IEnumerable&lt;string&gt; Run()</c> of the class <c>Case</c> returns.</summary>
    public static string[] Run(string source)
    {
        var compilation = GeneratorHarness.Compile(
            GeneratorHarness.File(source), GeneratorHarness.File("global using System.Linq; " + Helpers, "Show.cs"),
            GeneratorHarness.File("[SocketPayload] public record Anything(int Id);", "Anything.cs"))
            .AddReferences(MetadataReference.CreateFromFile(typeof(SocketEventsRecorder).Assembly.Location));
        var result = GeneratorHarness.Run(compilation);
        Assert.Empty(GeneratorHarness.Diagnose(compilation, result).Select(d => d.ToString()));
        var assembly = Running.Running.Load(compilation, result, new AssemblyLoadContext(nameof(RunHarness), isCollectible: true));
        var run = assembly.GetType("Case")!.GetMethod("Run")!;
        return [.. (IEnumerable<string>)run.Invoke(null, null)!];
    }
}
