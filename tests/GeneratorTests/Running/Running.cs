using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using System.Text.RegularExpressions;
using MessagePack;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedSocketRedis.CompilerServices;
using Xunit;

namespace TypedSocketRedis.Tests.Running;

/// <summary>Compiles a contract together with its generated code, and evaluates expressions over it.</summary>
public static partial class Running
{
    private const string Imports =
        "using System.Collections; using System.Collections.Concurrent; using System.Collections.Frozen; using System.Collections.Immutable; "
        + "using System.Collections.ObjectModel; using System.Linq; using System.Text.Json; using System.Text.Json.Nodes; "
        + "using System.ComponentModel.DataAnnotations; using System.Runtime.Serialization; using MessagePack; "
        + "using static TypedSocketRedis.Tests.Running.Running;\n";

    /// <summary>
    /// Returns the result of each expression: text as it is, any other object as JSON, an exception as its type and message.
    /// </summary>
    /// <param name="source">The contract and its payload types.</param>
    /// <param name="expressions">The expressions, in which text between backticks is a literal.</param>
    /// <returns>One text for each expression.</returns>
    public static string[] Evaluate(string source, params string[] expressions) => Evaluate(source, "enable", expressions);

    /// <inheritdoc cref="Evaluate(string, string[])"/>
    /// <param name="source">The contract and its payload types.</param>
    /// <param name="nullable">The nullable context, as the word of its directive.</param>
    /// <param name="expressions">The expressions.</param>
    public static string[] Evaluate(string source, string nullable, string[] expressions)
    {
        var results = string.Join(",\n", expressions.Select(e => $"Result(() => {Literals().Replace(e, Literal)})"));
        var assembly = Load([
            GeneratorHarness.File($"{Imports}#nullable {nullable}\n{source}"),
            GeneratorHarness.File($"{Imports}public static class Case {{ public static string[] Run() => [{results}]; }}", "Case.cs")]);
        return (string[])assembly.GetType("Case")!.GetMethod("Run")!.Invoke(null, null)!;
    }

    private static string Literal(Match text) => SymbolDisplay.FormatLiteral(text.Groups[1].Value, quote: true);

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Literals();

    /// <summary>Returns an assembly with sources and their generated code.</summary>
    /// <param name="sources">The sources with the contract.</param>
    /// <param name="payloads">The sources of the payload types.</param>
    /// <param name="isApart">True if the payload types are compiled to an assembly of their own.</param>
    internal static Assembly Load(IEnumerable<SyntaxTree> sources, IEnumerable<SyntaxTree>? payloads = null, bool isApart = false)
    {
        var tests = MetadataReference.CreateFromFile(typeof(Running).Assembly.Location);
        var context = new AssemblyLoadContext(null, isCollectible: true);
        Compilation compilation = GeneratorHarness.Compile(isApart ? sources : [.. payloads ?? [], .. sources]).AddReferences(tests);
        if (isApart)
        {
            var library = Emit(GeneratorHarness.Compile(payloads!).WithAssemblyName("Payloads").AddReferences(tests));
            context.LoadFromStream(new MemoryStream(library));
            compilation = compilation.AddReferences(MetadataReference.CreateFromImage(library));
        }

        return Load(compilation, GeneratorHarness.Run(compilation), context);
    }

    /// <summary>Returns the assembly of a compilation with its generated code, in a load context.</summary>
    internal static Assembly Load(Compilation compilation, GeneratorRunResult result, AssemblyLoadContext context)
    {
        Assert.Empty(result.Diagnostics);
        compilation = compilation.AddSyntaxTrees(result.GeneratedSources.Select(s =>
            CSharpSyntaxTree.ParseText(s.SourceText, (CSharpParseOptions)compilation.SyntaxTrees.First().Options, s.HintName)));
        return context.LoadFromStream(new MemoryStream(Emit(compilation)));
    }

    private static byte[] Emit(Compilation compilation)
    {
        using var code = new MemoryStream();
        var emitted = compilation.Emit(code);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        return code.ToArray();
    }

    /// <summary>Returns a value as the JSON that clients receive.</summary>
    public static string Write<T>(T value) => SocketArgument.Payload(value).ToJson();

    /// <summary>Returns the value that is read from a client's JSON.</summary>
    public static T Read<T>(string json) => SocketArgument.FromJson(json).GetPayload<T>();

    /// <summary>Returns a value after it was written and read.</summary>
    public static T Back<T>(T value) => SocketArgument.Payload(value).GetPayload<T>();

    /// <summary>Handles an event with arguments as JSON, and returns its acknowledgement as JSON.</summary>
    public static string Handle<TEvents>(TEvents handler, string name, string arguments)
        where TEvents : class
    {
        var incoming = new IncomingEvent(name, SocketArguments.FromJson(arguments), expectsAck: true, CancellationToken.None);
        var ack = EventDispatchers.Of<TEvents>().DispatchAsync(handler, incoming).AsTask().GetAwaiter().GetResult();
        return MessagePackSerializer.ConvertToJson(ack);
    }

    /// <summary>Returns a result as text.</summary>
    public static string Result(Func<object?> function)
    {
        try
        {
            return function() is var result && result is string text ? text : JsonSerializer.Serialize(result);
        }
        catch (Exception e)
        {
            while (e is TargetInvocationException or TypeInitializationException && e.InnerException is { } inner) e = inner;
            return $"{e.GetType().Name}: {e.Message}";
        }
    }
}
