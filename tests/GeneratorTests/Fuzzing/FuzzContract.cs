using System.Globalization;
using System.Text;

namespace TypedSocketRedis.Tests.Fuzzing;

/// <summary>The ways in which a random payload type is declared.</summary>
internal enum FuzzForm
{
    Record,
    RecordStruct,
    Setters,
    Initializers,
    InitOnly,
    Constructor,
    ConstructorBody,
    BackingFields,
    Overrides,
    Required,
    SetsRequired,
    Struct,
}

/// <summary>One property of a random payload type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">The kind of its values.</param>
/// <param name="IsNullable">True if it can be null.</param>
internal sealed record FuzzMember(string Name, FuzzKind Kind, bool IsNullable)
{
    public string Type => IsNullable ? Kind.Type + "?" : Kind.Type;
}

/// <summary>A random payload type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Form">The way in which it is declared.</param>
/// <param name="Members">Its properties.</param>
internal sealed record FuzzType(string Name, FuzzForm Form, FuzzMember[] Members)
{
    public bool IsStruct => Form is FuzzForm.RecordStruct or FuzzForm.Struct;

    /// <summary>Gets a value indicating whether all values have the same form in <c>System.Text.Json</c>.</summary>
    public bool IsPlain => Members.All(m => m.Kind.IsPlain);

    /// <summary>Returns the declaration.</summary>
    public string Declaration(Random random)
    {
        var positional = string.Join(", ", Members.Select(m => $"{m.Type} {m.Name}"));
        return Form switch
        {
            FuzzForm.Record => $"[Fuzzed] public sealed record {Name}({positional});",
            FuzzForm.RecordStruct => $"[Fuzzed] public readonly record struct {Name}({positional});",
            FuzzForm.Setters => Class(m => $"public {m.Type} {m.Name} {{ get; set; }}{(m.IsNullable || m.Kind.IsValue ? "" : " = null!;")}"),
            FuzzForm.Initializers => Class(m => $"public {m.Type} {m.Name} {{ get; set; }} = {m.Kind.Value(random)};"),
            FuzzForm.InitOnly => Class(m => $"public {m.Type} {m.Name} {{ get; init; }} = {m.Kind.Value(random)};"),
            FuzzForm.Constructor => Class(m => $"public {m.Type} {m.Name} {{ get; }}",
                $"public {Name}({string.Join(", ", Members.Select(m => $"{m.Type} {Lower(m.Name)}"))}) {{ {Assigned(m => Lower(m.Name))} }}"),
            FuzzForm.ConstructorBody => Class(m => $"public {m.Type} {m.Name} {{ get; set; }}", $"public {Name}() {{ {Assigned(m => m.Kind.Value(random))} }}"),
            FuzzForm.BackingFields => Class(m =>
                $"private {m.Type} _{m.Name} = {m.Kind.Value(random)}; public {m.Type} {m.Name} {{ get => _{m.Name}; set => _{m.Name} = value; }}"),
            FuzzForm.Overrides => $"public class {Name}Base {{ {Lines(m => $"public virtual {m.Type} {m.Name} {{ get; set; }} = {m.Kind.Value(random)};")} }}\n"
                + $"[Fuzzed] public sealed class {Name} : {Name}Base {{ {Lines(m => $"public override {m.Type} {m.Name} {{ get => base.{m.Name}; set => base.{m.Name} = value; }}")} }}",
            FuzzForm.Required => Class(m => $"public required {m.Type} {m.Name} {{ get; init; }}"),
            FuzzForm.SetsRequired => Class(m => $"public required {m.Type} {m.Name} {{ get; set; }}",
                $"[System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public {Name}() {{ {Assigned(m => m.Kind.Value(random))} }}"),
            _ => $"[Fuzzed] public struct {Name} {{ public {Name}() {{ {Assigned(m => m.Kind.Value(random))} }} {Lines(m => $"public {m.Type} {m.Name} {{ get; set; }}")} }}",
        };
    }

    /// <summary>Returns an expression that creates a value. A member has the same value if others are removed.</summary>
    public string Value(int seed)
    {
        var values = Members.Select(m =>
        {
            var random = new Random(HashCode.Combine(seed, Hash(Name + m.Name)));
            return (m.Name, Code: m.IsNullable && random.Next(3) == 0 ? "null" : m.Kind.Value(random));
        });
        return Form is FuzzForm.Record or FuzzForm.RecordStruct or FuzzForm.Constructor
            ? $"new {Name}({string.Join(", ", values.Select(v => v.Code))})"
            : $"new {Name} {{ {string.Join(", ", values.Select(v => $"{v.Name} = {v.Code}"))} }}";
    }

    private string Class(Func<FuzzMember, string> member, string constructor = "") =>
        $"[Fuzzed] public sealed class {Name} {{ {constructor} {Lines(member)} }}";

    private string Lines(Func<FuzzMember, string> member) => string.Join(" ", Members.Select(member));

    private string Assigned(Func<FuzzMember, string> value) => string.Join(" ", Members.Select(m => $"this.{m.Name} = {value(m)};"));

    private static string Lower(string name) => "@" + char.ToLowerInvariant(name[0]) + name[1..];

    private static int Hash(string text) => text.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));
}

/// <summary>One kind of value.</summary>
/// <param name="Type">Its type in C#.</param>
/// <param name="IsValue">True for a value type.</param>
/// <param name="IsPlain">True if <c>System.Text.Json</c> has the same form.</param>
/// <param name="Value">Returns an expression with a random value, which is not null.</param>
internal sealed record FuzzKind(string Type, bool IsValue, bool IsPlain, Func<Random, string> Value)
{
    public static readonly string Declarations = """
        public enum Number { Zero, One, Two = 2, Large = 1000 }
        [Flags, JsonConverter(typeof(JsonStringEnumConverter))] public enum Rights : short { None = 0, [JsonStringEnumMemberName("can-read")] Read = 1, Write = 2, [JsonStringEnumMemberName("both of them")] Both = 3, Execute = 4, Sign = short.MinValue }
        [JsonConverter(typeof(JsonStringEnumConverter))] public enum Mood { Good, [JsonStringEnumMemberName("so so")] SoSo, Bad }
        [JsonDerivedType(typeof(Circle), "circle"), JsonDerivedType(typeof(Named), 7)] public abstract record Shape; public sealed record Circle(int Radius) : Shape; public sealed record Named(string? Name) : Shape;
        [MessagePackFormatter(typeof(MoneyFormatter))] public sealed record Money(decimal Amount, string Currency);
        public sealed class MoneyFormatter : MessagePack.Formatters.IMessagePackFormatter<Money?> { public void Serialize(ref MessagePackWriter w, Money? v, MessagePackSerializerOptions o) { if (v is null) w.WriteNil(); else w.Write(v.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture) + " " + v.Currency); } public Money? Deserialize(ref MessagePackReader r, MessagePackSerializerOptions o) { var t = r.ReadString()!.Split(' '); return new(decimal.Parse(t[0], System.Globalization.CultureInfo.InvariantCulture), t[1]); } }

        """;

    private static readonly FuzzKind[] Scalars =
    [
        new("int", true, true, r => Pick(r, "0", "-1", "int.MinValue", "int.MaxValue", Text(r.Next()))),
        new("long", true, true, r => Text(r.NextInt64(-(1L << 53), 1L << 53)) + "L"),
        new("ulong", true, false, r => Pick(r, "ulong.MaxValue", Text(r.NextInt64()))),
        new("byte", true, true, r => Text(r.Next(256))),
        new("bool", true, true, r => r.Next(2) == 0 ? "true" : "false"),
        new("double", true, true, r => Pick(r, "0d", "-1.5d", "1e300d", "5e-324d", r.NextDouble().ToString("R", CultureInfo.InvariantCulture) + "d")),
        new("float", true, false, r => r.NextSingle().ToString("R", CultureInfo.InvariantCulture) + "f"),
        new("decimal", true, false, r => Pick(r, "0.10m", "decimal.MaxValue", "-1.00m", Text(r.Next()) + "m")),
        new("char", true, false, r => $"(char){r.Next(0x20, 0xD7FF)}"),
        new("string", false, true, Literal),
        new("Guid", true, true, r => $"new Guid({r.Next()}, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)"),
        new("DateTime", true, false, r => $"DateTime.UnixEpoch.AddMilliseconds({r.NextInt64(-60_000_000_000_000, 250_000_000_000_000)}L)"),
        new("DateTimeOffset", true, false, r => $"DateTimeOffset.UnixEpoch.AddMilliseconds({r.NextInt64(0, 250_000_000_000_000)}L)"),
        new("DateOnly", true, true, r => $"DateOnly.FromDayNumber({r.Next(0, 3_652_058)})"),
        new("TimeOnly", true, false, r => $"new TimeOnly({r.NextInt64(0, TimeSpan.TicksPerDay)}L)"),
        new("TimeSpan", true, false, r => $"TimeSpan.FromTicks({r.NextInt64(-(1L << 50), 1L << 50)}L)"),
        new("Uri", false, true, r => $"new Uri(\"https://a.example/{r.Next()}?b=c\")"),
        new("Version", false, true, r => $"new Version({r.Next(99)}, {r.Next(99)})"),
        new("Number", true, true, r => Pick(r, "Number.Two", "(Number)7", "(Number)(-1)")),
        new("Rights", true, true, r => $"(Rights)({r.Next(-32768, 32767)} & {Pick(r, "7", "-32761", "15")})"),
        new("Mood", true, true, r => $"(Mood){r.Next(4)}"),
        new("Shape", false, true, r => Pick(r, $"new Circle({r.Next()})", $"new Named({Literal(r)})", "new Named(null)")),
        new("Money", false, false, r => $"new Money({r.Next()}.50m, \"EUR\")"),
        new("byte[]", false, false, r => $"new byte[] {{ {r.Next(256)}, 0 }}"),
        new("JsonElement", true, true, r => $"JsonElement.Parse({Json(r)})"),
        new("JsonDocument", false, true, r => $"JsonDocument.Parse({Json(r)})"),
        new("JsonObject", false, true, r => $"(JsonObject)JsonNode.Parse({Quoted($"{{\"a\":{r.Next()}}}")})!"),
    ];

    private static readonly FuzzKind[] Keys =
    [
        Of("string"), Of("int"), Of("Guid"), Of("bool"), Of("Rights"), Of("Mood"), Of("DateOnly"),
        Of("Version"), Of("TimeSpan"), Of("DateTime"),
    ];

    /// <summary>Returns a random kind, which may contain types that were declared before.</summary>
    public static FuzzKind Random(Random random, IReadOnlyList<FuzzType> known, int depth = 0)
    {
        if (depth < 2 && random.Next(4) == 0) return Collection(random, known, depth);
        if (known.Count == 0 || random.Next(4) > 0) return Scalars[random.Next(Scalars.Length)];
        var type = known[random.Next(known.Count)];
        return new(type.Name, type.IsStruct, type.IsPlain, r => type.Value(r.Next()));
    }

    private static FuzzKind Collection(Random random, IReadOnlyList<FuzzType> known, int depth)
    {
        var item = Random(random, known, depth + 1);
        var element = item.Type + (random.Next(3) == 0 ? "?" : "");
        string One(Random r) => element.EndsWith('?') && r.Next(4) == 0 ? "null" : item.Value(r);
        string Items(Random r) => string.Join(", ", Enumerable.Range(0, r.Next(3)).Select(_ => One(r)));
        var key = Keys[random.Next(Keys.Length)];
        return random.Next(7) switch
        {
            0 when item.Type != "byte" => new(element + "[]", false, item.IsPlain, r => $"new {element}[] {{ {Items(r)} }}"),
            1 => new($"Queue<{element}>", false, item.IsPlain, r => $"new Queue<{element}>(new {element}[] {{ {Items(r)} }})"),
            2 => new($"Stack<{element}>", false, false, r => $"new Stack<{element}>(new {element}[] {{ {Items(r)} }})"),
            3 => new($"ImmutableArray<{element}>", true, item.IsPlain, r => $"ImmutableArray.Create(new {element}[] {{ {Items(r)} }})"),
            4 => new($"({element}, int)", true, false, r => $"(({element}){One(r)}, {r.Next()})"),
            5 => new($"Dictionary<{key.Type}, {element}>", false, item.IsPlain && key.Type is "string" or "int" or "Guid" or "DateOnly",
                r => $"new Dictionary<{key.Type}, {element}> {{ [{key.Value(r)}] = {One(r)} }}"),
            _ => new($"List<{element}>", false, item.IsPlain, r => $"new List<{element}> {{ {Items(r)} }}"),
        };
    }

    private static FuzzKind Of(string type) => Scalars.Single(k => k.Type == type);

    private static string Pick(Random random, params string[] values) => values[random.Next(values.Length)];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Json(Random random) => Quoted(Pick(random, "{\"a\":[1,\"x\",true,{}]}", "[]", "\"text\"", "5", "1.5"));

    private static string Literal(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(6); i > 0; i--)
            text.Append((char)(random.Next(4) == 0 ? random.Next(0xA1, 0x2000) : random.Next(' ', '~')));
        return Quoted(text.ToString());
    }

    private static string Quoted(string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);
}
