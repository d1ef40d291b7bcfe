using System.Collections;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The state of the log scope around handlers: <c>SocketId</c>, <c>Namespace</c> and <c>Event</c>.</summary>
/// <remarks>Clients choose the names of dynamic namespaces and of events that any handler gets: they are escaped and cut.</remarks>
internal sealed class HandlerLogScope : IReadOnlyList<KeyValuePair<string, object?>>
{
    private const int MaxLength = 256;

    private readonly KeyValuePair<string, object?>[] _values;
    private string? _text;

    /// <param name="socketId">The id of the socket; empty for none.</param>
    /// <param name="path">The namespace.</param>
    /// <param name="name">The event, or null for none.</param>
    public HandlerLogScope(SocketId socketId, string path, string? name)
    {
        var id = socketId.ToString();
        var count = 1 + (id.Length > 0 ? 1 : 0) + (name is null ? 0 : 1);
        _values = new KeyValuePair<string, object?>[count];
        var at = 0;
        if (id.Length > 0) _values[at++] = new("SocketId", id);
        _values[at++] = new("Namespace", LogText.Escape(path, MaxLength));
        if (name is not null) _values[at] = new("Event", LogText.Escape(name, MaxLength));
    }

    public int Count => _values.Length;

    public KeyValuePair<string, object?> this[int index] => _values[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, object?>>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => _text ??= string.Join(", ", _values.Select(value => $"{value.Key}: {value.Value}"));
}
