using TypedSocketRedis;

namespace Chat;

/// <summary>A room of the chat, with its people and its last messages.</summary>
/// <param name="name">The name of the room, which is also the room that sockets join.</param>
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

    /// <summary>Adds a person and returns the last messages.</summary>
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

    /// <summary>Adds a message and returns it, or null if its sender is not in the room.</summary>
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
