namespace TypedSocketRedis.Tests;

/// <summary>Where typed events start: on a server or on an emitter.</summary>
public sealed record TypedSender(Broadcast<IMainEvents> Main, Broadcast<IDeskEvents> Desk);

/// <summary>One broadcast, as .NET and as Node make it, and who gets what.</summary>
/// <param name="Typed">The call in .NET.</param>
/// <param name="Event">The event's name on the wire.</param>
/// <param name="Arguments">The arguments that Node sends, in the notation of the Node programs.</param>
/// <param name="Receivers">The clients that receive it, by letter.</param>
public sealed record Step(Action<TypedSender> Typed, string Event, string Arguments, string Receivers)
{
    public string Namespace { get; init; } = "/";

    public string[] Rooms { get; init; } = [];

    public string[] Except { get; init; } = [];

    /// <summary>The arguments as clients see them, where JSON changes them: dates become text.</summary>
    public string? Arrives { get; init; }
}
