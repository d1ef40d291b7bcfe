using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes the formatter of one payload type.</summary>
internal static class FormatterEmitter
{
    private const string Writer = "ref global::MessagePack.MessagePackWriter writer";
    private const string Reader = "ref global::MessagePack.MessagePackReader reader";
    private const string Options = "global::MessagePack.MessagePackSerializerOptions options";

    public static string Emit(FormatterModel formatter)
    {
        var code = SourceWriter.File().Open("namespace " + KnownNames.GeneratedNamespace);
        code.Open($"internal sealed class {formatter.Name} : global::MessagePack.Formatters.IMessagePackFormatter<{formatter.VariableType}>")
            .Line($"public static readonly {formatter.Name} Instance = new();");
        if (formatter is CustomModel custom) Fields(code, custom);
        code.Line().Line($"public void Serialize({Writer}, {formatter.VariableType} value, {Options}) => Write(ref writer, value, 0);")
            .Line()
            .Open($"public static void Write({Writer}, {formatter.VariableType} value, int depth)");
        if (formatter.IsReference) code.Open("if (value is null)").Line("writer.WriteNil();").Line("return;").Close().Line();
        if (formatter is SequenceModel { Kind: SequenceKind.ImmutableArray }) code.Open("if (value.IsDefault)").Line("writer.WriteNil();").Line("return;").Close().Line();
        if (formatter is not (EnumModel or UnionModel or CustomModel)) code.Line($"{KnownNames.ValueWriter}.CheckDepth(depth);");
        WriteBody(code, formatter);

        code.Close().Line().Open($"public {formatter.VariableType} Deserialize({Reader}, {Options})")
            .Line("if (reader.TryReadNil()) return default;").Line();
        ReadBody(code, formatter);
        return code.Close().Close().Close().ToString();
    }

    // The author's formatter may ask for those of other types.
    private static void Fields(SourceWriter code, CustomModel model) => code.Line()
        .Line($"private static readonly global::MessagePack.Formatters.IMessagePackFormatter<{model.VariableType}> Custom = {model.Creation};")
        .Line()
        .Line("private static readonly global::MessagePack.MessagePackSerializerOptions Options = global::MessagePack.MessagePackSerializerOptions.Standard.WithResolver(")
        .Nested($"global::MessagePack.Resolvers.CompositeResolver.Create({model.Resolver}.Instance, global::MessagePack.Resolvers.BuiltinResolver.Instance));");

    private static void WriteBody(SourceWriter code, FormatterModel formatter)
    {
        switch (formatter)
        {
            case ObjectModel model: ObjectEmitter.Write(code, model); break;
            case SequenceModel model: CollectionEmitter.Write(code, model); break;
            case MapModel model: CollectionEmitter.Write(code, model); break;
            case TupleModel model: SpecialEmitter.Write(code, model); break;
            case EnumModel model: SpecialEmitter.Write(code, model); break;
            case UnionModel model: SpecialEmitter.Write(code, model); break;
            case CustomModel: code.Line("Custom.Serialize(ref writer, value, Options);"); break;
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
            case UnionModel model: SpecialEmitter.Read(code, model); break;
            case CustomModel: code.Line("return Custom.Deserialize(ref reader, options);"); break;
            default: throw new ArgumentException(formatter.GetType().Name, nameof(formatter));
        }
    }
}
