namespace TypedSocketRedis.Tests.Analysis;

/// <summary>The contract of most tests, and a method around the tested statements.</summary>
internal static class Chat
{
    private const string Contract = """
        [SocketEvents] public interface IChat
        {
            void Said(string text);
            void Count(int number);
            void At(DateTime at);
            void Maybe(DateTime? at);
            void Offset(DateTimeOffset at);
            void Many(List<DateTime> dates);
            void Noted(Note note);
            Task Saved(string text);
            ValueTask Stored(string text);
        }

        public record Note(string Text, DateTime At)
        {
            public DateTime? Edited { get; init; }
            [JsonIgnore] public DateTime Cached { get; init; }
        }
        public sealed class Order { public DateTime Placed { get; set; } }


        """;

    public static string Using(string body, string signature = "void Run") => $$"""
        {{Contract}}static class Use
        {
            static {{signature}}(IEmitter<IChat> chats, IBroadcast<IChat> chat, ISocketClient<IChat> one, IChat plain, DateTime? other, ISocketNamespace<AnyEvents> ns)
            {
                {{body}}
            }
        }
        """;
}
