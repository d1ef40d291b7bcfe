using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting.Formatters;

/// <summary>Emits the code that writes and reads sequences and dictionaries.</summary>
internal static class CollectionEmitter
{
    private const string Changed = "ValueWriter.CheckCount(left);";
    private const string Generic = "global::System.Collections.Generic.";
    private const string Immutable = "global::System.Collections.Immutable.";
    private const string Frozen = "global::System.Collections.Frozen.";

    /// <summary>Returns the base class of a formatter that has nothing of its own but its elements, or null.</summary>
    public static string? Base(FormatterModel model) => model switch
    {
        SequenceModel { Kind: SequenceKind.Array } array =>
            $"ArrayFormatter<{array.Element.DeclaredType}, {model.Name}.Element>",
        SequenceModel { Kind: SequenceKind.List or SequenceKind.Collection or SequenceKind.Enumerable } list when IsPlain(list) =>
            $"ListFormatter<{model.Type}, {list.Element.DeclaredType}, {model.Name}.Element>",
        MapModel { Kind: MapKind.Dictionary } map when IsPlain(map) =>
            $"MapFormatter<{model.Type}, {map.Key.Type}, {map.Element.DeclaredType}, {model.Name}.Element>",
        _ => null,
    };

    /// <summary>Emits the code for one element of a formatter with a base class.</summary>
    public static void Element(SourceWriter code, FormatterModel model)
    {
        var map = model as MapModel;
        var element = map?.Element ?? ((SequenceModel)model).Element;
        var type = element.DeclaredType;
        code.Open("public readonly struct Element : "
                + (map is null ? $"IPayloadElement<{type}>" : $"IPayloadEntry<{map.Key.Type}, {type}>"));
        if (map is not null)
        {
            code.Line($"public static void WriteKey(ref MessagePackWriter writer, {map.Key.Type} key, int depth) => {WriteKey(map, "key")}")
                .Line($"public static {map.Key.Type} ReadKey(ref MessagePackReader reader, MessagePackSerializerOptions options) => "
                    + $"{ReadKey(map)};");
        }

        var place = map is null ? "An element of a sequence" : "A value of a dictionary";
        var write = $"public static void Write(ref MessagePackWriter writer, {type} value, int depth)";
        if (element is { IsNullable: true, IsReference: false })
        {
            ValueEmitter.Write(code.Open(write), Scope.Formatter, element, "value", "writer", "depth", place);
            code.Close();
        }
        else
        {
            code.Line($"{write} => {ValueEmitter.Present(Scope.Formatter, element, "value", "writer", "depth", place)}");
        }

        code.Line($"public static {type} Read(ref MessagePackReader reader, MessagePackSerializerOptions options) => "
                + $"{ValueEmitter.ReadElement(Scope.Formatter, element)};")
            .Close();
    }

    public static void Write(SourceWriter code, SequenceModel model)
    {
        if (model.Kind is SequenceKind.ImmutableArray)
        {
            code.Line("int count = value.Length;")
                .Line("writer.WriteArrayHeader(count);")
                .Open("for (int i = 0; i < count; i++)")
                .Line($"{model.Element.DeclaredType} item = value[i];");
            Item(code, model.Element, "item", "An element of a sequence");
            code.Close();
            return;
        }

        var items = model.Kind == SequenceKind.Enumerable ? "items" : "value";
        if (model.Kind == SequenceKind.Enumerable)
        {
            var copy = model.Copy.Length > 0 ? model.Copy : "global::System.Linq.Enumerable.ToArray(value)";
            code.Line($"{model.Element.DeclaredType}[] items = {copy};");
        }

        code.Line($"int left = {items}.{(model.Kind == SequenceKind.Enumerable ? "Length" : "Count")};")
            .Line("writer.WriteArrayHeader(left);")
            .Open($"foreach ({model.Element.DeclaredType} item in {items})");
        Item(code, model.Element, "item", "An element of a sequence");
        code.Line("left--;").Close().Line(Changed);
    }

    public static void Write(SourceWriter code, MapModel model)
    {
        var pair = $"{Generic}KeyValuePair<{model.Key.Type}, {model.Element.DeclaredType}>";
        if (model.Copy.Length > 0) code.Line($"{pair}[] items = {model.Copy};");
        code.Line($"int left = {(model.Copy.Length > 0 ? "items.Length" : "value.Count")};")
            .Line("writer.WriteMapHeader(left);")
            .Open($"foreach ({pair} item in {(model.Copy.Length > 0 ? "items" : "value")})")
            .Line(WriteKey(model, "item.Key"));
        Item(code, model.Element, "item.Value", "A value of a dictionary");
        code.Line("left--;").Close().Line(Changed);
    }

    public static void Read(SourceWriter code, SequenceModel model)
    {
        if (model.IsWriteOnly)
        {
            code.Line(NotRead(model));
            return;
        }

        var element = model.Element.DeclaredType;
        var read = ValueEmitter.ReadElement(Scope.Formatter, model.Element);
        var isArray = model.Kind == SequenceKind.ImmutableArray;
        var items = model.Kind switch
        {
            SequenceKind.ImmutableArray => $"{element}[] items = CollectionReader.NewArray<{element}>(count);",
            SequenceKind.Set or SequenceKind.FrozenSet or SequenceKind.ImmutableSet =>
                $"{Generic}HashSet<{element}> items = CollectionReader.NewSet<{element}>(count);",
            _ => $"{Generic}List<{element}> items = new(count);",
        };
        if (model.Element is { IsNullable: true, IsReference: false } && !isArray) read = $"({read})";

        Guarded(code, ["int i = -1;"], "Element", "i", () => code
            .Line("int count = ValueReader.ReadArrayHeader(ref reader, options);")
            .Line(items)
            .Line($"for (i = 0; i < count; i++) {(isArray ? $"items[i] = {read};" : $"items.Add({read});")}")
            .Line("ValueReader.Leave(ref reader);")
            .Line(model.Kind switch
            {
                _ when model.Creation.Length > 0 => $"return {model.Creation};",
                SequenceKind.ImmutableArray =>
                    "return global::System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(items);",
                SequenceKind.ImmutableList => $"return {Immutable}ImmutableList.CreateRange(items);",
                SequenceKind.ImmutableSet => $"return {Immutable}ImmutableHashSet.CreateRange(items.Comparer, items);",
                SequenceKind.FrozenSet => $"return {Frozen}FrozenSet.ToFrozenSet(items, items.Comparer);",
                _ => "return items;",
            }));
    }

    public static void Read(SourceWriter code, MapModel model)
    {
        if (model.IsWriteOnly)
        {
            code.Line(NotRead(model));
            return;
        }

        var types = $"<{model.Key.Type}, {model.Element.DeclaredType}>";
        var read = ValueEmitter.ReadElement(Scope.Formatter, model.Element);
        Guarded(code, ["MessagePackReader start = reader;", "int at = -1;"], "Key", "start, at", () => code
            .Line("int count = ValueReader.ReadMapHeader(ref reader, options);")
            .Line(model.Kind == MapKind.Sorted
                ? $"{Generic}SortedDictionary{types} items = new();"
                : $"{Generic}Dictionary{types} items = CollectionReader.NewDictionary{types}(count);")
            .Open("for (int i = 0; i < count; i++)")
            .Line("at = -1;").Line($"{model.Key.Type} key = {ReadKey(model)};").Line("at = i;")
            .Line($"items[key] = {read};").Close()
            .Line("ValueReader.Leave(ref reader);")
            .Line(model.Kind switch
            {
                MapKind.Other => $"return {model.Creation};",
                MapKind.Immutable => $"return {Immutable}ImmutableDictionary.CreateRange(items.Comparer, items);",
                MapKind.Frozen => $"return {Frozen}FrozenDictionary.ToFrozenDictionary(items, items.Comparer);",
                _ => "return items;",
            }));
    }

    /// <summary>
    /// Emits code whose exceptions get the path in the payload; other exceptions than those of the reader are converted to one of them.
    /// </summary>
    /// <param name="code">The writer of the code.</param>
    /// <param name="declarations">The declarations of the variables with the reading position.</param>
    /// <param name="note">The suffix of the method that adds the position to an exception.</param>
    /// <param name="at">The variables, as arguments of that method.</param>
    /// <param name="body">The action that emits the guarded code.</param>
    public static void Guarded(SourceWriter code, string[] declarations, string note, string at, Action body)
    {
        foreach (var line in declarations) code.Line(line);
        code.Line("try").Open();
        body();
        code.Close().Line($"catch (Exception e) when (DataPath.{note}(e, {at}))").Open().Line($"throw DataPath.Refused{note}(e, {at});")
            .Close();
    }

    private static bool IsPlain(ICollectionModel model) => model is { Creation: "", Copy: "", IsWriteOnly: false };

    private static string WriteKey(MapModel model, string key) => model.Key.Kind switch
    {
        KeyKind.Text => $"ValueWriter.Write(ref writer, {key});",
        KeyKind.Formattable or KeyKind.Special => $"FrameworkWriter.WriteKey(ref writer, {key});",
        KeyKind.Enum => $"FrameworkWriter.WriteKey(ref writer, ({model.Key.Codec}){key});",
        KeyKind.EnumText => $"{model.Key.Codec}.Texts.WriteKey(ref writer, {key});",
        _ => $"{model.Key.Codec}.Write(ref writer, {key}, depth);",
    };

    private static string ReadKey(MapModel model) => model.Key.Kind switch
    {
        KeyKind.Text when model.Key.Codec == "String" => "ValueReader.ReadTextKey(ref reader)",
        KeyKind.Text or KeyKind.Formattable => $"FrameworkReader.ReadKey<{model.Key.Type}>(ref reader)",
        KeyKind.Enum => $"FrameworkReader.ReadEnumKey<{model.Key.Type}>(ref reader)",
        KeyKind.Special => $"FrameworkReader.Read{model.Key.Codec}Key(ref reader)",
        _ => $"{model.Key.Codec}.Instance.Deserialize(ref reader, options)",
    };

    // The contract uses the type only where it is sent.
    private static string NotRead(FormatterModel model) =>
        $"throw CollectionReader.NotReadable({CodeText.Literal(model.Type.Replace("global::", ""))});";

    private static void Item(SourceWriter code, ValueModel value, string expression, string place) =>
        ValueEmitter.Write(code, Scope.Formatter, value, expression, "writer", "depth + 1", place);
}
