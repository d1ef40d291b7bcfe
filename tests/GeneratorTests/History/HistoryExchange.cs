using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace TypedSocketRedis.Tests.History;

/// <summary>Both versions of all cases, compiled: what one version sends is received by the other one.</summary>
public sealed partial class HistoryExchange : IAsyncLifetime
{
    public const string Breaks = "breaks";
    public const string Newer = "newer clients break";
    public const string None = "–";

    private readonly Dictionary<string, string[]> _errors = [];
    private Assembly _old = null!;
    private Assembly _new = null!;
    private HashSet<string> _olderClients = [];
    private HashSet<string> _newerClients = [];

    public async ValueTask InitializeAsync()
    {
        var (old, now) = (Source(c => c.Old), Source(c => c.New));
        var histories = await HistoryHarness.RecordAsync(old, HistoryCase.All.Select((_, i) => $"C{i}.IGo"));
        foreach (var byCase in (await HistoryHarness.DiagnosticsAsync(now, histories)).GroupBy(d => d.Properties["HistoryPath"]!))
            _errors.Add(byCase.Key, [.. byCase.Select(d => d.Id).Where(id => id != "TSR121").Distinct().Order(StringComparer.Ordinal)]);
        (_old, _new) = (Load(old, c => c.Old), Load(now, c => c.New));
        _olderClients = await RefusedAsync(old, sender: _new, c => c.New, c => c.Old);
        _newerClients = await RefusedAsync(now, sender: _old, c => c.Old, c => c.New);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Returns the row of a case: the contract, the change, the three parties, and the errors.</summary>
    public string Row(int index)
    {
        var at = HistoryCase.All[index];
        var errors = _errors.TryGetValue($"C{index}.IGo.socketevents.txt", out var ids) ? ids : [];
        var isBetweenServers = at.Attribute == "ServerEvents";
        var client = isBetweenServers || !OlderClientBreaks(index, errors) ? None : errors.Length > 0 ? Breaks : "unknown value";
        var server = !at.IsExchanged ? at.OlderServer : !OlderServerBreaks(index) ? None : isBetweenServers ? Breaks : Newer;
        var emitter = at.Attribute == "SocketCommands" ? None : server;
        var links = string.Join(", ", errors.Select(id => $"[{id}](diagnostics/{id}.md)"));
        return $"| `[{at.Attribute}]` | {at.Change} | {client} | {server} | {emitter} | {links} |";
    }

    private bool OlderClientBreaks(int index, string[] errors)
    {
        var (at, type) = (HistoryCase.All[index], $"C{index}.Run");
        if (!at.IsExchanged) return errors.Length > 0;
        if (_olderClients.Contains($"C{index}")) return true;
        return at.Attribute == "SocketEvents"
            ? at.Old.Ack.Length > 0 && Refuses(_new, type, "ReadAck", at.Old.Ack)
            : Refuses(_new, type, "Receive", at.Old.Sent);
    }

    private bool OlderServerBreaks(int index)
    {
        var (at, type) = (HistoryCase.All[index], $"C{index}.Run");
        if (at.Attribute == "SocketEvents")
            return _newerClients.Contains($"C{index}") || (at.New.Ack.Length > 0 && Refuses(_old, type, "ReadAck", at.New.Ack));
        if (at.Attribute == "SocketCommands") return _newerClients.Contains($"C{index}") || Refuses(_old, type, "Receive", at.New.Sent);
        return Refuses(_old, type, "Receive", Call(_new, type, "Sent")) || Refuses(_new, type, "Receive", Call(_old, type, "Sent"))
            || (at.Old.Ack.Length > 0
                && (Refuses(_old, type, "ReadAck", Ack(_new, type)) || Refuses(_new, type, "ReadAck", Ack(_old, type))));
    }

    private static string Ack(Assembly assembly, string type) => Call(assembly, type, "Receive", Call(assembly, type, "Sent"))[1..^1];

    private static string Call(Assembly assembly, string type, string method, params object[] arguments) =>
        (string)assembly.GetType(type)!.GetMethod(method)!.Invoke(null, arguments)!;

    private static bool Refuses(Assembly assembly, string type, string method, string json)
    {
        try
        {
            Call(assembly, type, method, json);
            return false;
        }
        catch (TargetInvocationException e) when (e.InnerException is EventDataException or AckException)
        {
            return true;
        }
    }

    // The cases in which TypeScript refuses what a server of another version sends.
    private static async Task<HashSet<string>> RefusedAsync(
        string types, Assembly sender, Func<HistoryCase, HistoryVersion> sent, Func<HistoryCase, HistoryVersion> received)
    {
        var lines = new List<string>
        {
            "import type * as T from \"./socket-events.js\"; type Ack<F> = F extends (...a: infer A) => void ? A extends [...unknown[], infer C] ? C : never : never;",
        };
        for (var i = 0; i < HistoryCase.All.Count; i++)
        {
            var (at, type) = (HistoryCase.All[i], $"C{i}.Run");
            if (!at.IsExchanged || at.Attribute == "ServerEvents") continue;
            if (at.Attribute == "SocketEvents")
            {
                using var json = JsonDocument.Parse(Call(sender, type, "Sent"));
                var parameters = json.RootElement.EnumerateArray().Select((a, n) => $"a{n}: {a.GetRawText()}");
                if (sent(at).Ack.Length > 0) parameters = parameters.Append("ack: (value: any) => void");
                lines.Add($"export const C{i}: ({string.Join(", ", parameters)}) => void = null! as T.C{i}_Go[\"go\"];");
            }
            else if (received(at).Ack.Length > 0)
            {
                var ack = Call(sender, type, "Receive", sent(at).Sent)[1..^1];
                lines.Add($"export const C{i}: (value: {ack}) => void = null! as Ack<T.C{i}_Go[\"go\"]>;");
            }
        }

        var (_, output) = await TypeScriptCompiler.CompileAsync(TypeScriptHarness.Whole(types), string.Join('\n', lines));
        return [.. Errors().Matches(output).Select(m => lines[int.Parse(m.Groups[1].Value) - 1].Split([' ', ':'])[2])];
    }

    private static string Source(Func<HistoryCase, HistoryVersion> version) => string.Concat(HistoryCase.All.Select((c, i) =>
        $"namespace C{i} {{ {version(c).Types} [{c.Attribute}] public interface IGo {{ {version(c).Signature}; }} }}\n"));

    private static Assembly Load(string source, Func<HistoryCase, HistoryVersion> version)
    {
        var runs = HistoryCase.All.Select((c, i) => !c.IsExchanged ? "" : $$"""
            namespace C{{i}}
            {
                using TypedSocketRedis.Tests.Running;
                {{(c.Attribute == "SocketEvents" ? "" : Handler(version(c)))}}
                public static class Run
                {
                    {{Sent(c.Attribute, version(c))}}
                    {{(c.Attribute == "SocketEvents" ? "" : "public static string Receive(string json) => Running.Handle<IGo>(new Handler(), \"go\", json);")}}
                    {{(version(c).Ack.Length == 0 || c.Attribute == "SocketCommands" ? "" : ReadAck(c.Attribute, version(c)))}}
                }
            }
            """);
        return Running.Running.Load([GeneratorHarness.File(source), GeneratorHarness.File(string.Concat(runs), "Run.cs")]);
    }

    private static string Handler(HistoryVersion version) =>
        $"public class Handler : IGo {{ public {version.Signature} => {(version.Ack.Length > 0 ? $"Task.FromResult({version.Ack})" : "Task.CompletedTask")}; }}";

    private static string Sent(string attribute, HistoryVersion version) => attribute == "SocketCommands" ? "" :
        $"public static string Sent() {{ var recorder = new SocketEventsRecorder(); recorder.{Target(attribute)}.{Name(version)}({version.Sent}); return \"[\" + string.Join(\",\", System.Linq.Enumerable.Select(System.Linq.Enumerable.Range(0, recorder.Events[0].Arguments.Count), i => recorder.Events[0].Arguments[i].ToJson())) + \"]\"; }}";

    private static string ReadAck(string attribute, HistoryVersion version) =>
        $"public static string ReadAck(string json) {{ var recorder = new SocketEventsRecorder().Acknowledge(\"go\", json); return recorder.{(attribute == "SocketEvents" ? "Client<IGo>()" : Target(attribute))}.{Name(version)}({version.Sent}).GetAwaiter().GetResult().ToString()!; }}";

    private static string Target(string attribute) => attribute == "SocketEvents" ? "Of<IGo>().All" : "Servers<IGo>()";

    private static string Name(HistoryVersion version) => Method().Match(version.Signature).Groups[1].Value;

    [GeneratedRegex(@" (\w+)\(")]
    private static partial Regex Method();

    [GeneratedRegex(@"program\.ts\((\d+),")]
    private static partial Regex Errors();
}
