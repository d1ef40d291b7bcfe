using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSocketRedis.Generator;
using TypedSocketRedis.Tests.Handlers;
using Xunit;

namespace TypedSocketRedis.Tests;

/// <summary>The code samples of the documents, which compile with the code generated for their contracts.</summary>
public sealed partial class SampleTests
{
    // The directives of ImplicitUsings in a web project.
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Net.Http.Json; global using System.Threading; global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting; global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing; global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    // The directives that a page need not show: also that of the library, and of its test framework.
    internal const string Usings = $"{ImplicitUsings} global using TypedSocketRedis; global using MyApp; global using Xunit; namespace MyApp {{ }}";

    // The directives of the declarations that a page uses without showing them.
    private const string ContextUsings = """
        using System.Text.Json.Serialization; using System.Text.RegularExpressions; using System.Threading.RateLimiting;
        using System.Security.Claims; using System.Text.Encodings.Web; using Microsoft.Extensions.Options;
        using Microsoft.AspNetCore.Authentication; using Microsoft.AspNetCore.Authorization;

        """;

    internal const string Context = """
        partial class Page
        {
            static WebApplicationBuilder builder = null!; static WebApplication app = null!; static SocketIOServer io = null!;
            static ISocket socket = null!; static ILogger logger = null!, log = null!; static DateTime now = default; static string[] args = [];
        }
        """;

    private const string Clock =
        "[SocketEvents] public interface IClockEvents { void Time(DateTime now); Task PriceChanged(decimal price); } ";

    // The declarations that the sample of an error uses without showing them.
    private static readonly Dictionary<string, string> ErrorContexts = new()
    {
        ["TSR003"] = "public record struct Point(int X);",
        ["TSR020"] = """
            public class MoneyConverter : JsonConverter<Money>
            {
                public override Money? Read(ref System.Text.Json.Utf8JsonReader r, Type t, System.Text.Json.JsonSerializerOptions o) => null;
                public override void Write(System.Text.Json.Utf8JsonWriter w, Money v, System.Text.Json.JsonSerializerOptions o) { }
            }
            """,
        ["TSR022"] = "public record Circle : Shape; public record Square : Shape; [SocketEvents] public interface IUse { void Drawn(Shape shape); }",
        ["TSR023"] = "public class MoneyFormatter; [SocketEvents] public interface IUse { void Paid(Money money); }",
        ["TSR024"] = "public record Product(int Id);",
        ["TSR063"] = DecimalPlaces + "public class PriceFormatter : DecimalPlaces;",
        ["TSR064"] = DecimalPlaces,
        ["TSR065"] = DecimalPlaces,
        ["TSR069"] = "public class AuthorizeAttribute : Attribute, Microsoft.AspNetCore.Authorization.IAuthorizeData; "
            + "namespace Microsoft.AspNetCore.Authorization { public interface IAuthorizeData; }",
    };

    internal static IEnumerable<MetadataReference> References =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(p => MetadataReference.CreateFromFile(p));

    // The declarations that the sample of a handler's error uses without showing them.
    private static readonly Dictionary<string, string> HandlerContexts = new()
    {
        ["TSR070"] = ChatCommands,
        ["TSR071"] = RoomCommands,
        ["TSR072"] = "",
        ["TSR073"] = ChatCommands,
        ["TSR074"] = RoomCommands,
        ["TSR075"] = "",
        ["TSR076"] = "",
        ["TSR077"] = ChatCommands,
        ["TSR078"] = ChatCommands,
    };

    private const string ChatCommands = "[SocketCommands] public interface IChatCommands { Task Leave(string room); }";
    private const string RoomCommands = "[SocketCommands] public interface IRoomCommands { Task Leave(string room); }";

    // The pages of errors with samples. Others need a name that C# does not have, or an option of the project.
    // The errors of histories need a file beside the code: HistoryDiagnosticTests.
    public static TheoryData<string> ErrorPages =>
    [
        .. Descriptors.All.Select(d => d.Id).Except(["TSR011", "TSR019", "TSR033", "TSR043"]).Except(HandlerContexts.Keys)
            .Except(new Generator.Analysis.Contracts.ContractHistoryAnalyzer().SupportedDiagnostics.Select(d => d.Id)),
    ];

    public static TheoryData<string> HandlerPages => [.. HandlerContexts.Keys];

    private const string DecimalPlaces = """
        public class DecimalPlaces : MessagePack.Formatters.IMessagePackFormatter<int>
        {
            public void Serialize(ref MessagePackWriter w, int v, MessagePackSerializerOptions o) { }
            public int Deserialize(ref MessagePackReader r, MessagePackSerializerOptions o) => 0;
        }
        """;

    // The declarations that the page about SignalR uses without showing them.
    internal const string SignalRContext = """
        public class ChatDb
        {
            public Task<int> AddAsync(string room, string userId, string text) => Task.FromResult(1);
            public Task<IReadOnlyList<Message>> HistoryAsync(string room, CancellationToken token) => Task.FromResult<IReadOnlyList<Message>>([]);
        }

        public class Reports
        {
            public async IAsyncEnumerable<IReadOnlyList<Row>> ReadAsync(string report, CancellationToken token)
            {
                await Task.Yield();
                yield break;
            }
        }
        """;

    private const string TestingContext = """
        partial class Page
        {
            static SocketHarness harness = null!; static ClaimsPrincipal user = new();
            static void Configure(SocketIOBuilder io) { }
        }
        public class Program;
        [SocketEvents] public interface IChatEvents { void Said(string user, string text); }
        [SocketCommands] public interface IChatCommands { Task<int> Say(string room, string text); }
        public class ChatHandler : SocketHandler<IChatEvents>, IChatCommands { public Task<int> Say(string room, string text) => Task.FromResult(1); }
        public class Greeter(IEmitter<IChatEvents> chat) { public void Greet(string room) => chat.To(room).Said("Ada", "hi"); }
        """;

    internal static readonly string Root = Path.GetFullPath(Path.Combine(Folder(), "../.."));

    [Theory]
    [InlineData("src/Contracts/README.md", "")]
    [InlineData("src/Runtime/README.md", "")]
    [InlineData("src/AspNetCore/README.md", "")]
    [InlineData("src/Testing/README.md", "")]
    [InlineData("README.md", "")]
    [InlineData("docs/index.md", "")]
    [InlineData("docs/rooms.md", "")]
    [InlineData("docs/acknowledgements.md", "")]
    [InlineData("docs/binary.md", "")]
    [InlineData("docs/recovery.md", """
        partial class Page { static Task SendEverythingAsync(ISocket socket) => Task.CompletedTask; }
        public class Feed { public Task<IReadOnlyList<Item>> SinceAsync(long last, CancellationToken token) => Task.FromResult<IReadOnlyList<Item>>([]); }
        """)]
    [InlineData("docs/tuning.md", "")]
    [InlineData("docs/coming-from-multicaster.md", "")]
    [InlineData("docs/coming-from-dotnet-servers.md", "")]
    [InlineData("docs/contracts.md", """
        partial class Page { static Message message = null!; static IEmitter<IChatEvents> chat = null!; }
        public class ChatRooms { public int Add(string room, string? nickname) => 1; }
        public class CacheInvalidator : SocketHandler, IClusterEvents { public Task CacheDropped(string key) => Task.CompletedTask; public Task<int> Load() => Task.FromResult(1); }
        public class Greeter(IEmitter<IChatEvents> chat) { public ValueTask GreetAsync(string room) => chat.To(room).Closed(); }
        """)]
    [InlineData("docs/events.md", """
        partial class Page { static IEmitter<AnyEvents> chat = null!; static Limiter limiter = new(); }
        public class Limiter { public Task<bool> AllowsAsync(string name) => Task.FromResult(true); }
        [SocketCommands] public interface IChatCommands { Task Join(string room); }
        public class ChatHandler : SocketHandler, IChatCommands { public Task Join(string room) => Socket.JoinAsync(room).AsTask(); }
        """)]
    [InlineData("docs/handlers.md", """
        partial class Page { static ChatDb db = new(); }
        [SocketEvents("/chat")] public interface IChatEvents { void Said(string user, string text); }
        public class TenantHandler : SocketHandler, ITenantCommands { public Task Go() => Task.CompletedTask; }
        [SocketCommands] public interface ITenantCommands { Task Go(); }
        public class ChatDb { public Database Database => new(); public Task<int> AddAsync(string room, SocketId from, string text) => Task.FromResult(1); }
        public class Database { public Task<Transaction> BeginTransactionAsync() => Task.FromResult(new Transaction()); }
        public class Transaction : IAsyncDisposable { public Task CommitAsync() => Task.CompletedTask; public ValueTask DisposeAsync() => default; }
        public static class Databases { public static void AddDbContext<T>(this IServiceCollection services) where T : class { } }
        """)]
    [InlineData("docs/users.md",
        "partial class Page { static Tokens tokens = new(); } public class Tokens { public Task RevokeAsync(string user) => Task.CompletedTask; }")]
    [InlineData("docs/server.md", """
        partial class Page { static void Leave(object rooms) { } static Task SendEverythingAsync(ISocket socket) => Task.CompletedTask; }
        public static class Keys { public static Task<bool> FitsAsync(System.Security.Claims.ClaimsPrincipal user, string key) => Task.FromResult(true); }
        [SocketEvents("/room")] public interface IRoomEvents { void Closing(string when); }
        public static class Tenants { public static ValueTask<bool> ExistsAsync(string path, CancellationToken token) => default; }
        """)]
    [InlineData("docs/authentication.md", """
        public class KeyScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
            : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
        {
            protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());
        }
        """)]
    [InlineData("docs/coming-from-node.md",
        "partial class Page { static ISocket other = null!; } public static class Tokens { public static Task<bool> AreValidAsync(string token) => Task.FromResult(true); }")]
    [InlineData("docs/coming-from-signalr.md", SignalRContext)]
    [InlineData("docs/handlers.md", """
        public class ChatDb : IAsyncDisposable
        {
            public ChatDb Database => this;
            public Task<int> AddAsync(string room, SocketId id, string text) => Task.FromResult(1);
            public Task<ChatDb> BeginTransactionAsync() => Task.FromResult(this);
            public Task CommitAsync() => Task.CompletedTask;
            public ValueTask DisposeAsync() => default;
        }
        public class Order;
        [SocketEvents("/chat")] public interface IChatEvents { void Said(string user, string text); }
        [SocketCommands] public interface ITenantCommands { Task Say(string text); }
        public class TenantHandler : SocketHandler, ITenantCommands { public Task Say(string text) => Task.CompletedTask; }
        partial class Page { static ChatDb db = null!; }
        static class Database { public static IServiceCollection AddDbContext<T>(this IServiceCollection services) => services; }
        """)]
    [InlineData("docs/users.md", "partial class Page { static RevokedTokens tokens = new(); } public class RevokedTokens { public Task RevokeAsync(string id) => Task.CompletedTask; }")]
    [InlineData("docs/types.md",
        "partial class Page { static Profile order = null!; static UserPatch patch = null!; static Account user = null!; } public record Board(int Id); public static class Boards { public static Task<Board?> FindAsync(int id) => Task.FromResult<Board?>(null); } public class Account { public string Name = \"\"; public string? Email; }")]
    [InlineData("docs/typescript.md", "")]
    [InlineData("docs/emitters.md", Clock + "partial class Page { static decimal price = 1; }")]
    [InlineData("docs/engine.md",
        Clock + "partial class Page { static Licenses licenses = new(); static Audit audit = new(); } public class Audit { public Task AddAsync(params object?[] error) => Task.CompletedTask; } public class Licenses { public Task<bool> IsValidAsync(object? licence) => Task.FromResult(true); }")]
    [InlineData("docs/redis-adapter.md",
        Clock + "[ServerEvents] public interface IClusterEvents { Task CacheDropped(string key); Task<int> Load(); }")]
    [InlineData("docs/sharded-adapter.md", "")]
    [InlineData("docs/choosing-an-adapter.md", "")]
    [InlineData("docs/testing-applications.md", TestingContext)]
    [InlineData("docs/deployment.md", "")]
    [InlineData("docs/operations.md", "")]
    [InlineData("docs/troubleshooting.md", "")]
    [InlineData("docs/security.md", "")]
    [InlineData("docs/faq.md", Clock)]
    public void The_samples_of_a_page_compile(string page, string context)
    {
        var compilation = GeneratorHarness.Compile().RemoveAllSyntaxTrees().WithAssemblyName("MyApp")
            .WithReferences(References)
            .AddSyntaxTrees(GeneratorHarness.File(Usings, "Usings.cs"))
            .AddSyntaxTrees(GeneratorHarness.File(ContextUsings + Context + context, "Context.cs"), Page(page));
        var result = GeneratorHarness.Run(compilation);

        Assert.Empty(result.Diagnostics);
        Assert.DoesNotContain(GeneratorHarness.Diagnose(compilation, result), d => d.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/index.md")]
    [InlineData("docs/deployment.md")]
    public void A_sample_with_using_directives_needs_no_others(string page)
    {
        var (_, types, samples) = Samples(page);
        var whole = samples.Where(sample => sample.Usings.Length > 0)
            .Select((sample, i) => GeneratorHarness.File($"{sample.Usings}\npartial class Page {{\n{sample.Method}}}", $"Sample{i}.cs"));
        var compilation = GeneratorHarness.Compile().RemoveAllSyntaxTrees().WithAssemblyName("MyApp").WithReferences(References)
            .AddSyntaxTrees(GeneratorHarness.File(ImplicitUsings, "Usings.cs"))
            .AddSyntaxTrees(GeneratorHarness.File($"using TypedSocketRedis;\n{types}{Context}", "Context.cs"))
            .AddSyntaxTrees(whole);

        Assert.DoesNotContain(
            GeneratorHarness.Diagnose(compilation, GeneratorHarness.Run(compilation)), d => d.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void The_samples_of_every_page_are_compiled()
    {
        // Compiled elsewhere: in a real project, in a test of telemetry, in a sample; the last two show code without its context.
        string[] others = ["docs/tutorial.md", "docs/observability.md", "docs/writing-an-adapter.md", "docs/how-events-travel.md",
            "docs/testing.md"];
        var compiled = typeof(SampleTests).GetMethod(nameof(The_samples_of_a_page_compile))!.GetCustomAttributes<InlineDataAttribute>()
            .Select(page => (string)page.Data[0]!);

        Assert.Equal(
            Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md").Where(file => Sample().IsMatch(File.ReadAllText(file)))
                .Select(file => $"docs/{Path.GetFileName(file)}").Except(others).Order(StringComparer.Ordinal),
            compiled.Where(page => page.StartsWith("docs/", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ErrorPages))]
    public void The_sample_on_the_page_of_an_error_reports_that_error(string id)
    {
        var context = ErrorContexts.GetValueOrDefault(id, "");
        var sample = Sample().Match(File.ReadAllText(Path.Combine(Root, "docs/diagnostics", id + ".md"))).Groups[1].Value
            .Replace("…70,000 characters…", new string('x', 70_000), StringComparison.Ordinal)
            .Replace("…2,000 characters…", new string('x', 2_000), StringComparison.Ordinal);
        var root = Parse(sample);
        var loose = root.Members.Where(m => m is not BaseTypeDeclarationSyntax).Select(m => m.ToFullString()).ToArray();
        var contract = loose.Length == 0 ? "" : $"[SocketEvents] public interface ILoose {{\n{string.Concat(loose)}\n}}";
        var types = string.Concat(root.Members.OfType<BaseTypeDeclarationSyntax>().Select(t => t.ToFullString()));
        var compilation = GeneratorHarness.Compile(GeneratorHarness.File($"using MessagePack;\n{types}\n{contract}\n{context}"));
        var result = GeneratorHarness.Run(compilation);

        Assert.NotEmpty(result.Diagnostics);
        Assert.Equal(Regex.Count(sample, $"// {id}"), result.Diagnostics.Length);
        Assert.All(result.Diagnostics, d => Assert.Equal(id, d.Id));
        Assert.DoesNotContain(GeneratorHarness.Diagnose(compilation, result), d => d.Severity == DiagnosticSeverity.Error);
    }

    [Theory]
    [MemberData(nameof(HandlerPages))]
    public void The_sample_on_the_page_of_an_error_of_a_handler_reports_that_error(string id)
    {
        var sample = Sample().Match(File.ReadAllText(Path.Combine(Root, "docs/diagnostics", id + ".md"))).Groups[1].Value;
        var root = Parse(Whole(sample));
        var types = string.Concat(root.Members.OfType<BaseTypeDeclarationSyntax>().Select(t => t.ToFullString()));
        var statements = string.Concat(root.Members.Where(m => m is not BaseTypeDeclarationSyntax).Select(m => m.ToFullString()));

        var problems = HandlerHarness.Problems(
            $"{HandlerContexts[id]}\n{types}\nstatic class Page {{ static void Run(IServiceCollection services) {{ {statements} }} }}");

        Assert.Equal([id], problems.Select(problem => problem.Split(' ')[0]));
        Assert.Contains($"// {id}", sample, StringComparison.Ordinal);
    }

    // Returns the types of all samples, and the statements of each sample in its own method.
    private static SyntaxTree Page(string page)
    {
        var (usings, types, samples) = Samples(page);
        var body = string.Concat(samples.Select(sample => sample.Method));
        return GeneratorHarness.File($"{usings}\n{types}\npartial class Page {{\n{body}}}", page);
    }

    private static (string Usings, string Types, (string Usings, string Method)[] Samples) Samples(string page)
    {
        var text = File.ReadAllText(Path.Combine(Root, page));
        var samples = Sample().Matches(text).Select(m => Whole(m.Groups[1].Value))
            .Concat(Counterpart().Matches(text).Select(m => Whole(m.Groups[1].Value + ";"))).ToArray();
        Assert.NotEmpty(samples);

        var usings = new HashSet<string>();
        var types = new Dictionary<string, string>();
        var methods = samples.Select((sample, i) =>
        {
            var root = Parse(sample);
            var own = root.Usings.Select(u => u.ToString()).ToArray();
            usings.UnionWith(own);
            foreach (var type in root.Members.OfType<BaseTypeDeclarationSyntax>()) types.TryAdd(type.Identifier.Text, type.ToFullString());
            var statements = string.Concat(root.Members.Where(m => m is not BaseTypeDeclarationSyntax).Select(m => m.ToFullString()));
            return (string.Join("\n", own), $"static async Task Sample{i}() {{\n{statements}\nawait Task.Yield(); }}\n");
        }).ToArray();
        return (string.Join("\n", usings), string.Concat(types.Values), methods);
    }

    // Parses a sample as a script, which can have statements, members and types in any order.
    internal static CompilationUnitSyntax Parse(string sample) =>
        (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(sample, new CSharpParseOptions(kind: SourceCodeKind.Script)).GetRoot();

    // "…" stands for code of the reader.
    private static string Whole(string sample)
    {
        sample = sample.Replace("=> …", "=> throw null!", StringComparison.Ordinal).Replace("{ … }", "{ }", StringComparison.Ordinal)
            .Replace(") …\n", ") return;\n", StringComparison.Ordinal)
            .Replace("await using var", "var", StringComparison.Ordinal);       // not a statement of a script
        return sample.StartsWith('.') ? "builder.Services.AddSocketIO()" + sample : sample;
    }

    // A part of a file, "<!-- snippet: file#part -->", is compiled there.
    [GeneratedRegex(@"^(?<!^<!-- snippet: \S+#\S+ -->\n)```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    internal static partial Regex Sample();

    // A table row with code of another library and its counterpart in this one.
    [GeneratedRegex(@"^\| `[^`|]+` \| `((?:await )?(?:io|socket)\.[^`|]+)` \|$", RegexOptions.Multiline)]
    private static partial Regex Counterpart();

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
