namespace TypedSocketRedis.Tests;

/// <summary>The broadcasts on which every pair of implementations must agree.</summary>
/// <remarks>Client a is in room a, b in rooms a and b, c in no room, and d in room a of the namespace /desk.</remarks>
public static class Conversation
{
    private const string Product = "6f9619ff-8b86-d011-b42d-00c04fc964ff";

    private static readonly DateTime Date = new(2026, 11, 23, 19, 30, 15, 250, DateTimeKind.Utc);

    private static readonly Order Order = new(
        "o-1",
        [new Line(Guid.Parse(Product), 2, [new Line(Guid.Empty, 1, [])])],
        new Dictionary<string, double> { ["net"] = 10.5, ["tax"] = 2 },
        new Shipping("Zürich", Date, ShippingKind.Fast),
        [1, 2, 3]);

    private const string OrderText = $$$"""
        [{"id":"o-1","lines":[{"product":"{{{Product}}}","count":2,"parts":[{"product":"00000000-0000-0000-0000-000000000000","count":1,"parts":[]}]}],"totals":{"net":10.5,"tax":2},"shipping":{"city":"Zürich","due":DATE,"kind":1},"signature":{"$binary":"AQID"}}]
        """;

    private const string SentDate = """{"$date":"2026-11-23T19:30:15.250Z"}""";
    private const string ArrivedDate = "\"2026-11-23T19:30:15.250Z\"";

    public static IReadOnlyList<Step> Steps { get; } =
    [
        new(io => io.Main.All.Text("all"), "text", """["all"]""", "abc"),
        new(io => io.Main.To("a").Text("a"), "text", """["a"]""", "ab") { Rooms = ["a"] },
        new(io => io.Main.To("a", "b").Text("a or b"), "text", """["a or b"]""", "ab") { Rooms = ["a", "b"] },
        new(io => io.Main.To("nobody").Text("nobody"), "text", """["nobody"]""", "") { Rooms = ["nobody"] },
        new(io => io.Main.All.Except("b").Text("not b"), "text", """["not b"]""", "ac") { Except = ["b"] },
        new(io => io.Main.To("a").Except("b").Text("a, not b"), "text", """["a, not b"]""", "a") { Rooms = ["a"], Except = ["b"] },
        new(io => io.Desk.All.Text("desk"), "text", """["desk"]""", "d") { Namespace = "/desk" },
        new(io => io.Desk.To("a").Text("desk a"), "text", """["desk a"]""", "d") { Namespace = "/desk", Rooms = ["a"] },
        new(io => io.Main.All.Unicode("Grüße \u0001\"\\", "🕐 時間"), "two words", """["Grüße \u0001\"\\","🕐 時間"]""", "abc"),
        new(io => io.Main.All.Numbers(-1, 4_503_599_627_370_497, 0.1, true), "numbers", "[-1,4503599627370497,0.1,true]", "abc"),
        new(io => io.Main.All.Bytes([0, 255], new byte[] { 7 }), "bytes", """[{"$binary":"AP8="},{"$binary":"Bw=="}]""", "abc"),
        new(io => io.Main.To("a").Bytes([], new byte[] { 9 }), "bytes", """[{"$binary":""},{"$binary":"CQ=="}]""", "ab") { Rooms = ["a"] },
        new(io => io.Main.All.At(Date, new DateTimeOffset(Date)), "at", $"[{SentDate},{SentDate}]",
            "abc") { Arrives = $"[{ArrivedDate},{ArrivedDate}]" },
        new(io => io.Main.All.Ordered(Order), "ordered", OrderText.Replace("DATE", SentDate),
            "abc") { Arrives = OrderText.Replace("DATE", ArrivedDate) },
        new(io => io.Main.All.End(), "end", "[]", "abc"),
        new(io => io.Desk.All.End(), "end", "[]", "d") { Namespace = "/desk" },
    ];

    /// <summary>Returns the events that a client receives, in order.</summary>
    /// <param name="client">The letter of the client.</param>
    public static IReadOnlyList<string> For(char client) =>
        [.. Steps.Where(step => step.Receivers.Contains(client)).Select(step => step.Event + (step.Arrives ?? step.Arguments))];
}
