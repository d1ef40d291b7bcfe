using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace TypedSocketRedis.Tests.Fuzzing;

/// <summary>Values of random contracts in JavaScript: their generated types, and what its MessagePack decoders read.</summary>
[Trait("Needs", "Linux")]
public sealed partial class FuzzScriptTests
{
    private const int Contracts = 5;
    private const int Values = 4;

    // Numbers without a name are no members of the union that an enum is in TypeScript.
    private static readonly string[] Unnamed = ["Number", "Mood", "Rights"];

    // The one of Socket.IO's parser, and one that has to be told of its dates and can read whole numbers of 64 bits as bigints.
    private static readonly string[] Decoders =
    [
        """require("notepack.io").decode""",
        "bytes => decode(bytes, { extensionCodec })",
        "bytes => decode(bytes, { extensionCodec, useBigInt64: true })",
    ];

    [Fact]
    public async Task What_is_sent_has_the_TypeScript_type_of_its_contract()
    {
        var first = ContractFuzzTests.Setting("CONTRACT_FUZZ_SEED", 1);
        var source = new System.Text.StringBuilder(ContractFuzzTests.Usings).Append(FuzzKind.Declarations);
        var runs = new System.Text.StringBuilder(ContractFuzzTests.Usings);
        var names = new List<string>();
        for (var seed = first; seed < first + Contracts; seed++)
        {
            var types = ContractFuzzTests.Contract(seed, Unnamed);
            source.Append($"namespace F{seed} {{ [SocketEvents] public interface IEvents {{ ")
                .AppendJoin(' ', types.Select((t, i) => $"void E{i}({t.Name} value);")).Append(" }\n");
            foreach (var type in types) source.Append(type.Declaration(new Random(seed))).Append('\n');
            source.Append("}\n");
            var values = types.SelectMany(t => Enumerable.Range(0, Values).Select(v => (Type: t, Seed: (seed * 1000) + v)))
                .ToArray();
            names.AddRange(values.Select(v => $"F{seed}_{v.Type.Name}"));
            runs.Append($"namespace F{seed} {{ public static class Values {{ public static string[] Json() => [")
                .AppendJoin(", ", values.Select(v => $"TypedSocketRedis.Tests.Running.Running.Write({v.Type.Value(v.Seed)})")).Append("]; } }\n");
        }

        var assembly = Running.Running.Load(
            [GeneratorHarness.File(source.ToString()), GeneratorHarness.File(runs.ToString(), "Values.cs")]);
        var sent = Enumerable.Range(first, Contracts)
            .SelectMany(seed => (string[])assembly.GetType($"F{seed}.Values")!.GetMethod("Json")!.Invoke(null, null)!);
        var lines = names.Zip(sent, (name, json) => $"check<T.{name}>(null! as {Buffer().Replace(json, "Uint8Array")});");
        await TypeScriptCompiler.AssertCompilesAsync(
            TypeScriptHarness.Whole(source.Replace("[Fuzzed] ", "").Replace("using TypedSocketRedis.Tests.Fuzzing;", "").ToString()),
            "import type * as T from \"./socket-events.js\"; declare function check<V>(value: V): void;\n" + string.Join('\n', lines));
    }

    [Fact]
    public async Task The_MessagePack_decoders_of_JavaScript_read_what_JSON_has()
    {
        var seed = ContractFuzzTests.Setting("CONTRACT_FUZZ_SEED", 1);
        FuzzCall.Packets.Clear();
        for (var i = 0; i < Contracts; i++) Assert.Null(ContractFuzzTests.Failure(ContractFuzzTests.Contract(seed + i), seed + i, null));
        var packets = FuzzCall.Packets.ToArray();
        foreach (var decoder in Decoders)
        {
            var read = await DecodedAsync(decoder, packets.Select(p => p.Packet));
            Assert.Equal(packets.Length, read.Length);
            for (var i = 0; i < read.Length; i++)
            {
                Assert.True(
                    Equal(JsonNode.Parse(packets[i].Json), JsonNode.Parse(read[i])),
                    $"{packets[i].Json}\nis read by {decoder} as\n{read[i]}");
            }
        }
    }

    private static async Task<string[]> DecodedAsync(string decoder, IEnumerable<string> packets)
    {
        var start = new ProcessStartInfo("node", ["-e", $$"""
            const { decode, ExtensionCodec } = require("@msgpack/msgpack");
            const extensionCodec = new ExtensionCodec();
            const date = data => new Date(Number(new DataView(data.buffer, data.byteOffset).getBigInt64(0)));
            extensionCodec.register({ type: 0, encode: () => null, decode: date });
            const decoder = {{decoder}};
            const plain = (_, value) => typeof value === "bigint" ? Number(value)
                : value instanceof Uint8Array ? { type: "Buffer", data: [...value] } : value;
            for (const hex of require("fs").readFileSync(0, "utf8").trim().split("\n"))
                console.log(JSON.stringify(decoder(Buffer.from(hex, "hex")).data[1] ?? null, plain));
            """])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Folder(),
        };
        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        foreach (var packet in packets) await node.StandardInput.WriteAsync(packet + "\n");
        node.StandardInput.Close();
        return (await output).Trim().Split('\n');
    }

    // Whole numbers beyond 2^53 are read inexactly in JavaScript.
    private static bool Equal(JsonNode? json, JsonNode? read) => (json, read) switch
    {
        (JsonObject a, JsonObject b) => a.Count == b.Count && a.All(p => b.ContainsKey(p.Key) && Equal(p.Value, b[p.Key])),
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(p => Equal(p.First, p.Second)),
        (JsonValue a, JsonValue b) when a.GetValueKind() == JsonValueKind.Number && b.GetValueKind() == JsonValueKind.Number =>
            Math.Abs(a.GetValue<double>() - b.GetValue<double>()) <= Math.Abs(a.GetValue<double>()) * 1e-15,
        _ => JsonNode.DeepEquals(json, read),
    };

    private static string Folder([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../InteropTests/node"));

    [GeneratedRegex(@"\{""type"":""Buffer"",""data"":\[[\d,]*\]\}")]
    private static partial Regex Buffer();
}
