using TypedSocketRedis.CompilerServices;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>An event that is being sent to sockets. It is copied and decoded only if a handler of outgoing events reads it.</summary>
/// <param name="data">The event, valid until the call returns. The values of the properties are copies.</param>
internal ref struct SentEvent(EventData data)
{
    private SocketArguments _arguments;
    private string? _name;

    /// <summary>The size of the event in bytes, before anything is copied.</summary>
    public int Length => data.Memory.Length;

    /// <summary>Gets or sets a value indicating whether a handler of outgoing events sent the event, which is reported.</summary>
    public bool IsNested { get; set; }

    public string Name
    {
        get
        {
            Read();
            return _name!;
        }
    }

    public SocketArguments Arguments
    {
        get
        {
            Read();
            return _arguments;
        }
    }

    // The frame was already created from the same data, so it is a valid event.
    private void Read()
    {
        if (_name is not null || !EventHeader.TryRead(data, out var header)) return;
        _name = header.NameText;
        _arguments = SocketArguments.OfEvent(data.Memory.ToArray());
    }
}
