namespace TypedSocketRedis;

/// <summary>A placeholder for a contract, used for events without one: any name, and arguments of any number and shape.</summary>
/// <remarks>It has no instances. The methods of its chains are in <see cref="AnyEventsExtensions"/>.</remarks>
/// <example><code>
/// await io.Of("/chat").To("lobby").EmitAsync("said", "Good evening", 3);
/// </code></example>
public sealed class AnyEvents
{
    private AnyEvents()
    {
    }
}
