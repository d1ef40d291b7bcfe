using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.VisualBasic;
using Xunit;

namespace TypedSocketRedis.Tests.Handlers;

/// <summary>The generated registrations of handlers.</summary>
public class HandlerGeneratorTests
{
    private const string Services = "global::Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions";
    private const string Keyed = "global::Microsoft.Extensions.DependencyInjection.ServiceProviderKeyedServiceExtensions";
    private const string Other = "RegisterOther(new global::TypedSocketRedis.CompilerServices.HandlerDescription";
    private const string Contract =
        "[SocketCommands] public interface IA { Task Go(); [SocketEvent(\"stop!\")] Task Stop(int n); }";
    private const string Methods =
        "public virtual Task Go() => Task.CompletedTask; public virtual Task Stop(int n) => Task.CompletedTask;";

    [Fact]
    public void Constructors_are_called_with_services_keyed_services_and_defaults()
    {
        var (_, code, problems) = HandlerHarness.Run(HandlerHarness.Compile(
            Contract + "enum Key { One, Two } namespace N { internal class H(Uri a, [FromKeyedServices(Key.Two)] Uri b, "
            + "IServiceProvider c, Version? d = null, int e = 5, string f = \"x\", [FromKeyedServices(7L)] Version? g = null)"
            + " : SocketHandler, IA "
            + "{ public object[] All => [a, b, c, d!, e, f, g!]; " + Methods + "} }"));
        Assert.Empty(problems);
        Assert.Contains("SocketHandlers.Register(new", code, StringComparison.Ordinal);
        const string call = "static services => new global::N.H("
            + $"{Services}.GetRequiredService<global::System.Uri>(services), "
            + $"{Keyed}.GetRequiredKeyedService<global::System.Uri>(services, (global::Key)(1)), services, "
            + $"{Services}.GetService<global::System.Version>(services)!, (int)(5), \"x\", "
            + $"{Keyed}.GetKeyedService<global::System.Version>(services, (long)(7";
        Assert.Contains(call, code, StringComparison.Ordinal);
        Assert.Contains("HandlerService(typeof(global::System.Uri), (global::Key)(1))", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_of_classes_and_methods_are_created_again_with_those_they_inherit()
    {
        var (_, code, problems) = HandlerHarness.Run(HandlerHarness.Compile(
            Contract + """
            [Authorize("base")] public abstract class Base : SocketHandler, IA
            {
                [Mark(typeof(int), 2)] public virtual Task Go() => Task.CompletedTask;
                [Authorize(Roles = "a")] public virtual Task Stop(int n) => Task.CompletedTask;
            }
            [Authorize("h"), Obsolete] public sealed class H : Base
            {
                public override Task Go() => Task.CompletedTask;
                [Single] public override Task Stop(int n) => Task.CompletedTask;
            }
            [AttributeUsage(AttributeTargets.All)] public sealed class MarkAttribute(Type type, params int[] numbers) : Attribute
            {
                public object[] All => [type, numbers];
            }
            [AttributeUsage(AttributeTargets.Method, Inherited = false)] public sealed class SingleAttribute : Attribute;
            """));
        Assert.Empty(problems);
        Assert.Contains(
            "Metadata = new object[] { new global::Microsoft.AspNetCore.Authorization.AuthorizeAttribute(\"h\"), "
            + "new global::Microsoft.AspNetCore.Authorization.AuthorizeAttribute(\"base\") },", code, StringComparison.Ordinal);
        Assert.Contains(
            "HandledEvent(\"go\", new object[] { new global::MarkAttribute(typeof(int), new int[] { (int)(2) }) })",
            code, StringComparison.Ordinal);
        Assert.Contains(
            "HandledEvent(\"stop!\", new object[] { new global::SingleAttribute(), "
            + "new global::Microsoft.AspNetCore.Authorization.AuthorizeAttribute() { Roles = \"a\" } })", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Overrides_are_found_in_base_classes()
    {
        var (_, code, _) = HandlerHarness.Run(HandlerHarness.Compile(
            Contract + "public abstract class Base : SocketHandler, IA { public override Task OnConnectedAsync() => Task.CompletedTask; "
            + Methods + "} public sealed class H : Base;"));
        Assert.Contains("HandlesConnections = true,", code, StringComparison.Ordinal);
        Assert.Contains("HandlesDisconnections = false,", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Closed_generic_handlers_are_registered_once_for_all_calls_of_AddHandler()
    {
        var (_, code, problems) = HandlerHarness.Run(HandlerHarness.Compile(
            Contract + "public class H<T> : SocketHandler, IA {" + Methods + "}"
            + "static class S { static void Add(SocketIOBuilder b) => b.AddHandler<H<int>>().AddHandler<H<string>>(HandlerLifetime.Socket)"
            + ".AddHandler<H<int>>(new System.Text.RegularExpressions.Regex(\"a\"));"
            + " static void Any<T>(SocketIOBuilder b) => b.AddHandler<H<T>>(); }"));
        Assert.Empty(problems);
        Assert.Equal(2, code.Split("[global::System.Runtime.CompilerServices.ModuleInitializer]").Length - 1);
        Assert.Contains("new global::H<int>()", code, StringComparison.Ordinal);
        Assert.Contains("new global::H<string>()", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Handlers_of_libraries_are_registered_where_added_unless_registered_already()
    {
        const string library = "public class H : SocketHandler, IA {" + Methods + "}"
            + "public class G<T> : SocketHandler, IA {" + Methods + "}";
        const string application = "static class S { static void Add(SocketIOBuilder b) => b.AddHandler<H>().AddHandler<G<int>>(); }";
        var plain = HandlerHarness.Compile(Contract + library, "Library");
        var (generated, _, _) = HandlerHarness.Run(plain);

        var (_, code, _) = HandlerHarness.Run(HandlerHarness.Compile(application, "Consumer", plain.ToMetadataReference()));
        Assert.Contains($"{Other}<global::H>", code, StringComparison.Ordinal);
        Assert.Contains("HandlerDescription<global::G<int>>", code, StringComparison.Ordinal);
        Assert.DoesNotContain("assembly:", code, StringComparison.Ordinal);

        (_, code, _) = HandlerHarness.Run(HandlerHarness.Compile(application, "Consumer", Emitted(generated)));
        Assert.DoesNotContain("HandlerDescription<global::H>", code, StringComparison.Ordinal);
        Assert.Contains($"{Other}<global::G<int>>", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Handlers_in_Visual_Basic_are_registered_by_the_project_that_adds_them()
    {
        var contracts = Emitted(HandlerHarness.Run(HandlerHarness.Compile(Contract, "Contracts")).Compilation);
        var library = Emitted(VisualBasicCompilation.Create(
            "Library",
            [
                VisualBasicSyntaxTree.ParseText("""
                    Imports System.Threading.Tasks
                    Public Class H
                        Inherits TypedSocketRedis.SocketHandler
                        Implements IA
                        Public Function Go() As Task Implements IA.Go
                            Return Socket.LeaveAsync("a").AsTask()
                        End Function
                        Public Function Halt(n As Integer) As Task Implements IA.[Stop]
                            Return Task.CompletedTask
                        End Function
                    End Class
                    """, cancellationToken: TestContext.Current.CancellationToken),
            ],
            [.. HandlerHarness.References, contracts],
            new VisualBasicCompilationOptions(OutputKind.DynamicallyLinkedLibrary)));
        const string application =
            "public static class P { public static void Add(IServiceCollection s) => s.AddSocketIO().AddHandler<H>(); }";

        var (_, code, problems) = HandlerHarness.Run(HandlerHarness.Compile(application, "Consumer", contracts, library));

        Assert.Empty(problems);
        Assert.Contains($"{Other}<global::H>", code, StringComparison.Ordinal);
        Assert.Contains("HandledContract<global::H, global::IA>", code, StringComparison.Ordinal);
    }

    [Fact]
    public void Contracts_that_another_one_inherits_in_the_same_namespace_are_handled_once()
    {
        var (_, code, _) = HandlerHarness.Run(HandlerHarness.Compile(
            """
            [SocketCommands("/a")] public interface IBase { Task Go(); }
            [SocketCommands("/a")] public interface ISame : IBase { Task Stop(); }
            [SocketCommands("/b")] public interface IOther : IBase { Task Stop(); }
            public class H : SocketHandler, ISame { public Task Go() => Task.CompletedTask; public Task Stop() => Task.CompletedTask; }
            public class J : SocketHandler, IOther { public Task Go() => Task.CompletedTask; public Task Stop() => Task.CompletedTask; }
            """));
        Assert.DoesNotContain("HandledContract<global::H, global::IBase>", code, StringComparison.Ordinal);
        Assert.Contains("HandledContract<global::H, global::ISame>", code, StringComparison.Ordinal);
        Assert.Contains("HandledContract<global::J, global::IBase>", code, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unrelated_edit_changes_no_registration()
    {
        const string source = Contract + "public class H : SocketHandler, IA {" + Methods + "}";
        var reasons = HandlerHarness.ReasonsAfterEdit(source, source + " public class Unrelated : Exception;");
        Assert.NotEmpty(reasons);
        Assert.All(reasons, reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));

        reasons = HandlerHarness.ReasonsAfterEdit(source, source.Replace("class H :", "class J :", StringComparison.Ordinal));
        Assert.Contains(IncrementalStepRunReason.Modified, reasons);
    }

    private static PortableExecutableReference Emitted(Compilation compilation)
    {
        using var image = new MemoryStream();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()));
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
