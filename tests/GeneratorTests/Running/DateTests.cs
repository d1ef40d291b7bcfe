using Xunit;
using static TypedSocketRedis.Tests.Running.Running;

namespace TypedSocketRedis.Tests.Running;

/// <summary>Dates without a kind, which are refused or declared to be UTC, and dates that were not received.</summary>
public sealed class DateTests
{
    private const string Notes = """
        public class Note { public string? Text { get; set; } public DateTime At { get; set; } public DateTime Until { get; init; } public DateTime? Maybe { get; set; } }
        public record Visit(string Text, DateTime At);
        public record Defaults(string Text, DateTime At = default);
        public class Handler : ICommands { public Task<string> At(DateTime at) => Task.FromResult(at.Kind.ToString()); }
        [SocketEvents] public interface IEvents { void X(Note note, Visit visit, Defaults defaults, (int, DateTime) tuple); }
        [SocketCommands] public interface ICommands { Task<string> At(DateTime at = default); }
        """;

    [Fact]
    public void A_date_that_was_not_received_is_UTC_or_refused() => Assert.Equal(
        [
            "Utc Utc", """{"text":"a","at":"0001-01-01T00:00:00.000Z","until":"0001-01-01T00:00:00.000Z"}""",
            "EventDataException: at: expected a value for the required property of type System.DateTime, found nothing.",
            "EventDataException: at: expected a value for the required property of type System.DateTime, found nothing.",
            "Utc", "Utc", "[\"Utc\"]",
        ],
        Evaluate(Notes,
            """Read<Note>(`{"text":"a"}`) is var n ? $"{n.At.Kind} {n.Until.Kind}" : null""", """Write(Read<Note>(`{"text":"a","at":null}`))""",
            """Read<Visit>(`{"text":"a"}`)""", """Read<Visit>(`{"text":"a","at":null}`)""",
            """Read<Defaults>(`{"text":"a"}`).At.Kind.ToString()""", """Read<(int, DateTime)>(`[1]`).Item2.Kind.ToString()""",
            "Handle<ICommands>(new Handler(), \"at\", \"[]\")"));

    [Theory]
    [InlineData("", "SocketEvents", "ArgumentException")]
    [InlineData("[assembly: SocketContractDefaults(UnspecifiedDatesAreUtc = true)]", "SocketEvents", "2024-02-29T12:34:56.000Z")]
    [InlineData("", "SocketEvents(UnspecifiedDatesAreUtc = true)", "2024-02-29T12:34:56.000Z")]
    [InlineData("[assembly: SocketContractDefaults(UnspecifiedDatesAreUtc = true)]", "SocketEvents(UnspecifiedDatesAreUtc = false)",
        "ArgumentException")]
    public void A_date_without_a_kind_is_sent_if_it_is_declared_to_be_UTC(string assembly, string contract, string expected) =>
        Assert.All(
            Evaluate($$"""
                {{assembly}} [{{contract}}] public interface IEvents { void X(DateTime at); void Y(Visit visit); void Z(DateTime?[] all); }
                public record Visit(DateTime At);
                public static class Sent { public static string Of(Action<IEmitter<IEvents>> send) { var r = new SocketEventsRecorder(); send(r.Of<IEvents>()); return r.Events[0].ToString(); } }
                """,
                "Sent.Of(e => e.All.X(new DateTime(2024, 2, 29, 12, 34, 56)))", "Sent.Of(e => e.All.Y(new Visit(new DateTime(2024, 2, 29, 12, 34, 56))))",
                "Sent.Of(e => e.All.Z([new DateTime(2024, 2, 29, 12, 34, 56), null]))"),
            r => Assert.Contains(expected, r, StringComparison.Ordinal));
}
