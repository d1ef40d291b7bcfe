using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting.Formatters;

/// <summary>Writes the formatter of one payload type.</summary>
internal static class FormatterEmitter
{
    private const string Writer = "ref MessagePackWriter writer";
    private const string Reader = "ref MessagePackReader reader";
    private const string Options = "MessagePackSerializerOptions options";
    private const string Custom = "global::MessagePack.Formatters.IMessagePackFormatter";
    private const string Services = "TypedSocketRedis.CompilerServices";

    // Inside the namespace, so that names of the application do not take precedence.
    private static readonly string[] Imports =
    [
        "global::System", "global::MessagePack", "global::" + Services, $"static global::{Services}.PayloadMember",
        $"static global::{Services}.ValueReader", $"static global::{Services}.ValueWriter",
    ];

    public static string Emit(FormatterFile file)
    {
        var code = Import(SourceWriter.File().Line($"namespace {KnownNames.GeneratedNamespace};").Line());
        foreach (var formatter in file.Formatters) Emit(code.Line(), formatter);
        return code.ToString();
    }

    /// <summary>Starts the part of a file that is in the namespace of the formatters.</summary>
    public static SourceWriter Import(SourceWriter code)
    {
        foreach (var import in Imports) code.Line($"using {import};");
        return code;
    }

    private static void Emit(SourceWriter code, FormatterModel formatter)
    {
        if (CollectionEmitter.Base(formatter) is { } type)
        {
            code.Open($"internal sealed class {formatter.Name} : {type}")
                .Line($"public static readonly {formatter.Name} Instance = new();").Line();
            CollectionEmitter.Element(code, formatter);
            code.Close();
            return;
        }

        code.Open($"internal sealed class {formatter.Name}() : PayloadFormatter<{formatter.VariableType}>(Write)")
            .Line($"public static readonly {formatter.Name} Instance = new();");
        if (formatter is CustomModel custom) Fields(code, custom);
        if (formatter is EnumModel texts) SpecialEmitter.Fields(code, texts);
        if (formatter is ObjectModel read) ObjectReadEmitter.Fields(code, read);
        if (formatter is ObjectModel ruled) RuleEmitter.Fields(code, ruled.Members.Select(m => (m.Name, m.Rules)));
        code.Line().Open($"public static void Write({Writer}, {formatter.VariableType} value, int depth)");
        if (formatter is SequenceModel { Kind: SequenceKind.ImmutableArray }) code.Line("if (value.IsDefault) value = [];");
        if (formatter.IsReference) code.Line("if (!Enter(ref writer, value, depth)) return;");
        else if (formatter is not (EnumModel or NumberModel or CustomModel or OptionalModel)) code.Line("ValueWriter.CheckDepth(depth);");
        WriteBody(code, formatter);

        code.Close().Line().Open($"public override {formatter.VariableType} Deserialize({Reader}, {Options})")
            .Line(Nil(formatter)).Line();
        ReadBody(code, formatter);
        code.Close().Close();
    }

    private static string Nil(FormatterModel formatter) => formatter switch
    {
        OptionalModel { Value: { IsNullable: true } or { Kind: ValueKind.Dynamic } } =>
            $"if (reader.TryReadNil()) return new {formatter.Type}(default!);",
        { RefusesNil: true } => "if (reader.TryReadNil()) throw DataPath.Null();",
        SequenceModel { Kind: SequenceKind.ImmutableArray } => "if (reader.TryReadNil()) return [];",
        _ => "if (reader.TryReadNil()) return default;",
    };

    // The author's formatter may request formatters of other types. The resolver refers to this class, so the options are created lazily.
    private static void Fields(SourceWriter code, CustomModel model) => code.Line()
        .Line($"private static readonly {Custom}<{model.VariableType}> Custom = {model.Creation};")
        .Line()
        .Open("private static class Given")
        .Line($"public static readonly MessagePackSerializerOptions Options = CustomFormatter.Options({model.Resolver}.Instance);")
        .Close();

    private static void WriteBody(SourceWriter code, FormatterModel formatter)
    {
        switch (formatter)
        {
            case ObjectModel model: ObjectEmitter.Write(code, model); break;
            case SequenceModel model: CollectionEmitter.Write(code, model); break;
            case MapModel model: CollectionEmitter.Write(code, model); break;
            case TupleModel model: SpecialEmitter.Write(code, model); break;
            case EnumModel model: SpecialEmitter.Write(code, model); break;
            case NumberModel model: code.Line($"ValueWriter.Write(ref writer, ({model.Number})value);"); break;
            case UnionModel model: SpecialEmitter.Write(code, model); break;
            case ResultModel model: ResultEmitter.Write(code, model); break;
            case OptionalModel model: SpecialEmitter.Write(code, model); break;
            case CustomModel: code.Line("Custom.Serialize(ref writer, value, Given.Options);"); break;
            default: throw new ArgumentException(formatter.GetType().Name, nameof(formatter));
        }
    }

    private static void ReadBody(SourceWriter code, FormatterModel formatter)
    {
        switch (formatter)
        {
            case ObjectModel model: ObjectReadEmitter.Emit(code, model); break;
            case SequenceModel model: CollectionEmitter.Read(code, model); break;
            case MapModel model: CollectionEmitter.Read(code, model); break;
            case TupleModel model: SpecialEmitter.Read(code, model); break;
            case EnumModel model: SpecialEmitter.Read(code, model); break;
            case NumberModel model: code.Line($"return EnumReader.Read<{model.Type}, {model.Number}>(ref reader);"); break;
            case UnionModel model: SpecialEmitter.Read(code, model); break;
            case ResultModel model: ResultEmitter.Read(code, model); break;
            case OptionalModel model:
                var present = ValueEmitter.Read(Scope.Formatter, model.Value);
                code.Line($"return new {model.Type}(({present}){ValueEmitter.Forgive(model.Value)});");
                break;
            case CustomModel:
                CollectionEmitter.Guarded(code, [], "Element", "-1",
                    () => code.Line("return Custom.Deserialize(ref reader, options ?? Given.Options);"));
                break;
            default: throw new ArgumentException(formatter.GetType().Name, nameof(formatter));
        }
    }
}
