namespace TypedSocketRedis;

/// <summary>Stands where a contract would, for events without one: any name, arguments of any number and shape.</summary>
/// <remarks>It is never made. What a chain of it can do is in <see cref="AnyEventsExtensions"/>.</remarks>
/// <example><code>
/// Broadcast&lt;AnyEvents&gt; clients = io.Of("/chat").Clients();
/// await clients.To("lobby").EmitAsync("said", "Good evening", 3);
/// </code></example>
public sealed class AnyEvents
{
    private AnyEvents()
    {
    }
}
