namespace TypedSocketRedis.Tests.History;

/// <summary>One version of a contract with the event <c>go</c>.</summary>
/// <param name="Types">The payload types.</param>
/// <param name="Signature">The method.</param>
/// <param name="Sent">The arguments: of clients as JSON, of servers as code.</param>
/// <param name="Ack">The acknowledgement: of clients as JSON, of servers as code; empty for none.</param>
internal sealed record HistoryVersion(string Types, string Signature, string Sent, string Ack = "");

/// <summary>One row of the table in docs/contract-history.md.</summary>
/// <param name="Attribute">The attribute of the contract.</param>
/// <param name="Change">The change.</param>
/// <param name="Old">The recorded version.</param>
/// <param name="New">The present version.</param>
internal sealed record HistoryCase(string Attribute, string Change, HistoryVersion Old, HistoryVersion New)
{
    private const string Text = "public record M(string Text);";
    private const string Two = "public record M(string Text, string More);";
    private const string Maybe = "public record M(string Text, string? More);";
    private const string Message = "new M(\"a\")";
    private const string Full = "new M(\"a\", \"b\")";
    private const string Low = "[JsonConverter(typeof(JsonStringEnumConverter))] public enum Level { Low }";
    private const string High = "[JsonConverter(typeof(JsonStringEnumConverter))] public enum Level { Low, High }";
    private const string Circle = "[JsonDerivedType(typeof(Circle), \"circle\")] public abstract record Shape; public record Circle(int R) : Shape;";
    private const string Square =
        "[JsonDerivedType(typeof(Circle), \"circle\"), JsonDerivedType(typeof(Square), \"square\")] public abstract record Shape; public record Circle(int R) : Shape; public record Square(int A) : Shape;";

    /// <summary>Gets a value indicating whether a value of one version can be sent to the other one, which shows what breaks.</summary>
    public bool IsExchanged { get; init; } = true;

    /// <summary>The cell of older servers, if no value is exchanged.</summary>
    public string OlderServer { get; init; } = "–";

    public static IReadOnlyList<HistoryCase> All { get; } =
    [
        .. Events, .. EventPayloads, .. EventAcks, .. Commands, .. CommandPayloads, .. CommandAcks, .. Servers, .. ServerPayloads,
    ];

    private static HistoryVersion Of(string types, string signature, string sent, string ack = "") => new(types, signature, sent, ack);

    private static IEnumerable<HistoryCase> Events =>
    [
        Event("an event is removed", Of("", "void Go(); void Stay()", ""), Of("", "void Stay()", "")) with { IsExchanged = false },
        Event("an event is added", Of("", "void Go()", ""), Of("", "void Go(); void More()", "")) with { IsExchanged = false },
        Event("an argument is removed", Of("", "void Go(string a, string b)", "\"a\", \"b\""), Of("", "void Go(string a)", "\"a\"")),
        Event("a last argument that is null by default is removed",
            Of("", "void Go(string a, string? b = null)", "\"a\", \"b\""), Of("", "void Go(string a)", "\"a\"")),
        Event("an argument is added", Of("", "void Go(string a)", "\"a\""), Of("", "void Go(string a, string b)", "\"a\", \"b\"")),
        Event("an argument is added before an acknowledgement",
            Of("", "Task<int> Go(string a)", "\"a\"", "1"), Of("", "Task<int> Go(string a, string b)", "\"a\", \"b\"", "1")),
        Event("a type changes", Of("", "void Go(int a)", "1"), Of("", "void Go(string a)", "\"a\"")),
        Event("a number gets another type of number", Of("", "void Go(int a)", "1"), Of("", "void Go(double a)", "1.5")),
    ];

    private static IEnumerable<HistoryCase> EventPayloads =>
    [
        Event("a property is added", Of(Text, "void Go(M m)", Message), Of(Two, "void Go(M m)", Full)),
        Event("a property that can be null is added", Of(Text, "void Go(M m)", Message), Of(Maybe, "void Go(M m)", Full)),
        Event("a property is removed or renamed", Of(Two, "void Go(M m)", Full), Of(Text, "void Go(M m)", Message)),
        Event("a property that can be null is removed", Of(Maybe, "void Go(M m)", Full), Of(Text, "void Go(M m)", Message)),
        Event("a property can be null", Of(Two, "void Go(M m)", Full), Of(Maybe, "void Go(M m)", "new M(\"a\", null)")),
        Event("a property can no longer be null", Of(Maybe, "void Go(M m)", "new M(\"a\", null)"), Of(Two, "void Go(M m)", Full)),
        Event("a text of an enum is added", Of(Low, "void Go(Level l)", "Level.Low"), Of(High, "void Go(Level l)", "Level.High")),
        Event("a text of an enum is removed", Of(High, "void Go(Level l)", "Level.High"), Of(Low, "void Go(Level l)", "Level.Low")),
        Event("a type of a union is added",
            Of(Circle, "void Go(Shape s)", "new Circle(1)"), Of(Square, "void Go(Shape s)", "new Square(1)")),
        Event("a type of a union is removed",
            Of(Square, "void Go(Shape s)", "new Square(1)"), Of(Circle, "void Go(Shape s)", "new Circle(1)")),
        Event("names that only C# knows change", Of(Two, "void Go(M m)", Full), Of(
            "public class N { public required string More { get; set; } [JsonPropertyName(\"text\")] public string Other { get; set; } = \"\"; }",
            "[SocketEvent(\"go\")] void Went(N n)", "new N { More = \"b\" }")),
    ];

    private static IEnumerable<HistoryCase> EventAcks =>
    [
        Event("an acknowledgement is added", Of("", "Task Go()", ""), Of("", "Task<int> Go()", "", "1")) with { IsExchanged = false },
        Event("an acknowledgement is removed", Of("", "Task<int> Go()", "", "1"), Of("", "Task Go()", "")) with { IsExchanged = false },
        Event("a property is added to the acknowledgement",
            Of(Text, "Task<M> Go()", "", """{"text":"a"}"""), Of(Two, "Task<M> Go()", "", """{"text":"a","more":"b"}""")),
        Event("a property is removed from the acknowledgement",
            Of(Two, "Task<M> Go()", "", """{"text":"a","more":"b"}"""), Of(Text, "Task<M> Go()", "", """{"text":"a"}""")),
    ];

    private static IEnumerable<HistoryCase> Commands =>
    [
        Command("a command is removed", Of("", "Task Go(); Task Stay()", ""), Of("", "Task Stay()", "")) with { IsExchanged = false },
        Command("a command is added", Of("", "Task Go()", ""), Of("", "Task Go(); Task More()", "")) with
        {
            IsExchanged = false,
            OlderServer = HistoryExchange.Newer,
        },
        Command("an argument is added", Of("", "Task Go(string a)", "[\"a\"]"), Of("", "Task Go(string a, string b)", "[\"a\",\"b\"]")),
        Command("an argument with a default value is added",
            Of("", "Task Go(string a)", "[\"a\"]"), Of("", "Task Go(string a, string b = \"x\")", "[\"a\",\"b\"]")),
        Command("an argument is removed", Of("", "Task Go(string a, string b)", "[\"a\",\"b\"]"), Of("", "Task Go(string a)", "[\"a\"]")),
        Command("a type changes", Of("", "Task Go(int a)", "[1]"), Of("", "Task Go(string a)", "[\"a\"]")),
        Command("a number gets a wider type", Of("", "Task Go(int a)", "[1]"), Of("", "Task Go(long a)", "[5000000000]")),
        Command("a number gets a narrower type", Of("", "Task Go(long a)", "[5000000000]"), Of("", "Task Go(int a)", "[1]")),
    ];

    private static IEnumerable<HistoryCase> CommandPayloads =>
    [
        Command("a required property is added",
            Of(Text, "Task Go(M m)", """[{"text":"a"}]"""), Of(Two, "Task Go(M m)", """[{"text":"a","more":"b"}]""")),
        Command("a property with a default value, or one that can be null, is added",
            Of(Text, "Task Go(M m)", """[{"text":"a"}]"""),
            Of("public record M(string Text, string More = \"x\", string? Most = null);", "Task Go(M m)", """[{"text":"a","more":"b"}]""")),
        Command("a required property is removed",
            Of(Two, "Task Go(M m)", """[{"text":"a","more":"b"}]"""), Of(Text, "Task Go(M m)", """[{"text":"a"}]""")),
        Command("a property becomes required",
            Of(Maybe, "Task Go(M m)", """[{"text":"a"}]"""), Of(Two, "Task Go(M m)", """[{"text":"a","more":"b"}]""")),
        Command("a property is renamed by case",
            Of(Text, "Task Go(M m)", """[{"text":"a"}]"""),
            Of("public record M([property: JsonPropertyName(\"TEXT\")] string Text);", "Task Go(M m)", """[{"TEXT":"a"}]""")),
        Command("a text of an enum is added", Of(Low, "Task Go(Level l)", "[\"Low\"]"), Of(High, "Task Go(Level l)", "[\"High\"]")),
        Command("a text of an enum is removed", Of(High, "Task Go(Level l)", "[\"High\"]"), Of(Low, "Task Go(Level l)", "[\"Low\"]")),
        Command("a type of a union is added",
            Of(Circle, "Task Go(Shape s)", """[{"$type":"circle","r":1}]"""),
            Of(Square, "Task Go(Shape s)", """[{"$type":"square","a":1}]""")),
        Command("a type of a union is removed",
            Of(Square, "Task Go(Shape s)", """[{"$type":"square","a":1}]"""),
            Of(Circle, "Task Go(Shape s)", """[{"$type":"circle","r":1}]""")),
        Command("the number of an enum member changes",
            Of("public enum Level { Low, High }", "Task Go(Level l)", "[1]"),
            Of("public enum Level { Low, Middle, High }", "Task Go(Level l)", "[2]")) with { IsExchanged = false },
    ];

    private static IEnumerable<HistoryCase> CommandAcks =>
    [
        Command("a result is added", Of("", "Task Go()", "[]"), Of("", "Task<int> Go()", "[]", "1")) with
        {
            IsExchanged = false,
            OlderServer = HistoryExchange.Newer,
        },
        Command("a result is removed", Of("", "Task<int> Go()", "[]", "1"), Of("", "Task Go()", "[]")) with { IsExchanged = false },
        Command("a property is added to the result", Of(Text, "Task<M> Go()", "[]", Message), Of(Two, "Task<M> Go()", "[]", Full)),
        Command("a property is removed from the result", Of(Two, "Task<M> Go()", "[]", Full), Of(Text, "Task<M> Go()", "[]", Message)),
    ];

    private static IEnumerable<HistoryCase> Servers =>
    [
        Server("an event is removed", Of("", "Task Go(); Task Stay()", ""), Of("", "Task Stay()", "")) with
        {
            IsExchanged = false,
            OlderServer = HistoryExchange.Breaks,
        },
        Server("an argument is added", Of("", "Task Go(string a)", "\"a\""), Of("", "Task Go(string a, string b)", "\"a\", \"b\"")),
        Server("an argument with a default value is added",
            Of("", "Task Go(string a)", "\"a\""), Of("", "Task Go(string a, string b = \"x\")", "\"a\", \"b\"")),
        Server("an argument is removed", Of("", "Task Go(string a, string b)", "\"a\", \"b\""), Of("", "Task Go(string a)", "\"a\"")),
        Server("a number gets a wider type", Of("", "Task Go(int a)", "1"), Of("", "Task Go(long a)", "5000000000L")),
        Server("a result is added", Of("", "Task Go()", ""), Of("", "Task<int> Go()", "", "1")) with
        {
            IsExchanged = false,
            OlderServer = HistoryExchange.Breaks,
        },
    ];

    private static IEnumerable<HistoryCase> ServerPayloads =>
    [
        Server("a required property is added", Of(Text, "Task Go(M m)", Message), Of(Two, "Task Go(M m)", Full)),
        Server("a property that can be null is added", Of(Text, "Task Go(M m)", Message), Of(Maybe, "Task Go(M m)", Full)),
        Server("a required property is removed", Of(Two, "Task Go(M m)", Full), Of(Text, "Task Go(M m)", Message)),
        Server("a text of an enum is added", Of(Low, "Task Go(Level l)", "Level.Low"), Of(High, "Task Go(Level l)", "Level.High")),
        Server("a text of an enum is removed", Of(High, "Task Go(Level l)", "Level.High"), Of(Low, "Task Go(Level l)", "Level.Low")),
        Server("a type of a union is added",
            Of(Circle, "Task Go(Shape s)", "new Circle(1)"), Of(Square, "Task Go(Shape s)", "new Square(1)")),
        Server("a property is added to the result", Of(Text, "Task<M> Go()", "", Message), Of(Two, "Task<M> Go()", "", Full)),
    ];

    private static HistoryCase Event(string change, HistoryVersion old, HistoryVersion now) => new("SocketEvents", change, old, now);

    private static HistoryCase Command(string change, HistoryVersion old, HistoryVersion now) => new("SocketCommands", change, old, now);

    private static HistoryCase Server(string change, HistoryVersion old, HistoryVersion now) => new("ServerEvents", change, old, now);
}
