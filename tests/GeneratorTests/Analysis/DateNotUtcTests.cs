using Xunit;

namespace TypedSocketRedis.Tests.Analysis;

public sealed class DateNotUtcTests
{
    [Theory]
    [InlineData("chat.At({|TSR101:DateTime.Now|});")]
    [InlineData("chats.To(\"a\").At({|TSR101:System.DateTime.Today|});")]
    [InlineData("chat.At({|TSR101:DateTime.Now|}.AddDays(1).Date); chat.At({|TSR101:DateTime.Now|} + TimeSpan.FromDays(1));")]
    [InlineData("chat.At({|TSR101:new DateTime(2026, 1, 2)|}); chat.At({|TSR101:new(2026, 1, 2, 3, 4, 5)|});")]
    [InlineData("chat.At({|TSR101:new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Unspecified)|}); chat.At({|TSR101:DateTime.MinValue|});")]
    [InlineData(
        "chat.Maybe({|TSR101:DateTime.Now|}); chat.Maybe(other ?? {|TSR101:DateTime.Now|}); chat.At(other is null ? {|TSR101:DateTime.Now|} : other.Value);")]
    [InlineData("chat.Many([DateTime.UtcNow, {|TSR101:DateTime.Now|}]); chat.Many(new List<DateTime> { {|TSR101:DateTime.Now|} });")]
    [InlineData(
        "chat.Noted(new Note(\"x\", {|TSR101:DateTime.Now|})); chat.Noted(new(\"x\", DateTime.UtcNow) { Edited = {|TSR101:DateTime.Now|} });")]
    [InlineData("var now = DateTime.Now; chat.At({|TSR101:now|}); var note = new Note(\"x\", now); chat.Noted({|TSR101:note|});")]
    [InlineData("chat.At({|TSR101:DateTime.Parse(\"2026-01-02\")|}); chat.At({|TSR101:default|}); chat.At({|TSR101:default(DateTime)|});")]
    [InlineData("chat.At({|TSR101:DateTimeOffset.UtcNow.DateTime|}); chat.At({|TSR101:DateTimeOffset.UtcNow.Date|});")]
    [InlineData("var note = new Note(\"x\", DateTime.UtcNow) { Edited = DateTime.Now }; chat.Maybe({|TSR101:note.Edited|}); chat.At(note.At);")]
    [InlineData("var note = new Note(\"x\", DateTime.Today); chat.At({|TSR101:note.At|}); chat.At({|TSR101:note.At|}.AddDays(1));")]
    [InlineData("var order = new Order(); order.Placed = new DateTime(2026, 1, 2); chat.At({|TSR101:order.Placed|});")]
    [InlineData("one.At({|TSR101:DateTime.Now|}); plain.At({|TSR101:DateTime.Now|});")]
    [InlineData("void Send<T>(T target) where T : IBroadcast<IChat> => target.At({|TSR101:DateTime.Now|}); Send(chat);")]
    public Task A_date_that_is_not_UTC_is_reported_where_it_is_passed_to_an_event(string body) =>
        AnalyzerHarness.VerifyAsync(Chat.Using(body));

    [Theory]
    [InlineData("chat.At(DateTime.UtcNow); chat.At(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)); chat.At(DateTime.UnixEpoch);")]
    [InlineData("chat.At(DateTime.Now.ToUniversalTime()); chat.At(DateTime.SpecifyKind(new DateTime(2026, 1, 2), DateTimeKind.Utc));")]
    [InlineData(
        "chat.Offset(DateTime.Now); chat.Offset(DateTimeOffset.Now); chat.Said(DateTime.Now.ToString()); chat.Count(DateTime.Now.Year);")]
    [InlineData("var now = DateTime.Now; now = DateTime.UtcNow; chat.At(now);")]
    [InlineData("chat.At(DateTimeOffset.UtcNow.UtcDateTime); chat.Maybe(default); chat.Maybe(null); chat.At(DateTime.Parse(\"2026-01-02\", null, System.Globalization.DateTimeStyles.AdjustToUniversal));")]
    [InlineData("var order = new Order(); if (other is null) order.Placed = DateTime.Now; chat.At(order.Placed);")]
    [InlineData("var order = new Order { Placed = DateTime.Now }; Fill(order); chat.At(order.Placed); static void Fill(Order order) => order.Placed = DateTime.UtcNow;")]
    [InlineData("var order = new Order { Placed = DateTime.Now }; order.Placed = DateTime.UtcNow; chat.At(order.Placed); var found = Find(); chat.At(found.Placed); static Order Find() => new();")]
    [InlineData("Console.WriteLine(DateTime.Now); List<DateTime> dates = [DateTime.Now]; dates.Add(DateTime.Today);")]
    [InlineData("chat.Noted(new Note(\"x\", DateTime.UtcNow) { Cached = DateTime.Now });")]
    public Task A_date_in_UTC_or_outside_of_events_is_not_reported(string body) => AnalyzerHarness.VerifyAsync(Chat.Using(body));

    [Fact]
    public Task A_date_without_a_kind_is_not_reported_where_it_is_declared_to_be_UTC() => AnalyzerHarness.VerifyAsync("""
        [assembly: SocketContractDefaults(UnspecifiedDatesAreUtc = true)]
        [SocketEvents] public interface IDates { void At(DateTime at); }
        public static class Use { public static void Send(IEmitter<IDates> emitter) { emitter.All.At(new DateTime(2026, 1, 2)); emitter.All.At({|TSR101:DateTime.Now|}); } }
        """);

    [Theory]
    [InlineData("chat.At({|TSR101:DateTime.Now|});", "Use DateTime.UtcNow", "chat.At(DateTime.UtcNow);")]
    [InlineData("chat.At({|TSR101:DateTime.Today|});", "Use DateTime.UtcNow.Date", "chat.At(DateTime.UtcNow.Date);")]
    [InlineData("var now = DateTime.Now; chat.At({|TSR101:now|});", "Use DateTime.UtcNow", "var now = DateTime.UtcNow; chat.At(now);")]
    [InlineData("chat.At({|TSR101:new DateTime(2026, 1, 2)|});", "Add DateTimeKind.Utc",
        "chat.At(new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc));")]
    [InlineData("chat.At({|TSR101:new(2026, 1, 2, 3, 4, 5)|});", "Add DateTimeKind.Utc",
        "chat.At(new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));")]
    [InlineData("chat.At({|TSR101:new DateTime(638712864000000000)|});", "Add DateTimeKind.Utc",
        "chat.At(new DateTime(638712864000000000, DateTimeKind.Utc));")]
    public Task The_fix_makes_the_date_UTC(string body, string title, string expected) =>
        FixHarness.VerifyAsync(Chat.Using(body), title, Chat.Using(expected));

    [Theory]
    [InlineData("chat.At({|TSR101:DateTime.MinValue|});")]
    [InlineData("chat.At({|TSR101:new DateTime(year: 2026, month: 1, day: 2)|});")]
    public async Task No_fix_is_offered_without_an_obvious_replacement(string body) =>
        Assert.Empty(await FixHarness.TitlesAsync(Chat.Using(body)));
}
