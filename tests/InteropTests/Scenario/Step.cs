namespace TypedSocketRedis.Tests;

/// <summary>The origin of typed events: a server or an emitter.</summary>
public sealed record TypedSender(IEmitter<IMainEvents> Main, IEmitter<IDeskEvents> Desk);

/// <summary>One broadcast, as sent by .NET and by Node, with its receivers.</summary>
/// <param name="Typed">The call in .NET.</param>
/// <param name="Event">The event's name on the wire.</param>
/// <param name="Arguments">The arguments that Node sends, in the notation of the Node programs.</param>
/// <param name="Receivers">The clients that receive it, by letter.</param>
public sealed record Step(Action<TypedSender> Typed, string Event, string Arguments, string Receivers)
{
    public string Namespace { get; init; } = "/";

    public string[] Rooms { get; init; } = [];

    public string[] Except { get; init; } = [];

    /// <summary>The received arguments if JSON changes them, since dates become text, or null if they are the sent ones.</summary>
    public string? Arrives { get; init; }
}
