using TypedSocketRedis;

namespace Chat;

/// <summary>One room of the chat: who is there and what was said last.</summary>
/// <param name="name">The room's name, which is also the room that sockets join.</param>
internal sealed class Room(string name)
{
    private const int Remembered = 50;

    private readonly Lock _gate = new();
    private readonly Dictionary<SocketId, string> _people = [];
    private readonly Queue<Message> _history = [];

    public string Name => name;

    /// <summary>The names of the people in the room, each once.</summary>
    public IReadOnlyList<string> People
    {
        get { lock (_gate) return [.. _people.Values.Distinct().Order()]; }
    }

    /// <summary>Lets someone in and returns what was said before.</summary>
    public IReadOnlyList<Message> Enter(SocketId id, string person)
    {
        lock (_gate)
        {
            _people[id] = person;
            return [.. _history];
        }
    }

    public bool Leave(SocketId id)
    {
        lock (_gate) return _people.Remove(id);
    }

    /// <summary>Keeps what someone says; null when that one is not in the room.</summary>
    public Message? Say(SocketId id, string text)
    {
        lock (_gate)
        {
            if (!_people.TryGetValue(id, out var person)) return null;
            var message = new Message(person, text, DateTime.UtcNow);
            _history.Enqueue(message);
            if (_history.Count > Remembered) _history.Dequeue();
            return message;
        }
    }
}
