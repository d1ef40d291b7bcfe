using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Broadcasting;

/// <summary>An event on its way to sockets, for those that look at what they send; until one does nothing is copied or decoded.</summary>
/// <param name="data">The event, lent; what is taken from here may be kept.</param>
internal ref struct SentEvent(EventData data)
{
    private EventArguments _arguments;
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

    public EventArguments Arguments
    {
        get
        {
            Read();
            return _arguments;
        }
    }

    // The frame was made of the same data before, so it is an event.
    private void Read()
    {
        if (_name is not null || !EventHeader.TryRead(data, out var header)) return;
        _name = header.NameText;
        _arguments = EventArguments.OfEvent(data.Memory.ToArray());
    }
}
