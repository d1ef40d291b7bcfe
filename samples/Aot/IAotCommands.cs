using TypedSocketRedis;

namespace Aot;

/// <summary>The events that clients send, one for each kind of payload.</summary>
[SocketCommands("/aot")]
public interface IAotCommands
{
    /// <summary>Requests an event of each kind from the emitter.</summary>
    Task Send();

    /// <summary>Returns numbers, text, dates and bytes.</summary>
    Task<Scalars> Scalars(Scalars scalars);

    /// <summary>Returns sequences and dictionaries.</summary>
    Task<Collections> Collections(Collections collections);

    /// <summary>Returns types with properties.</summary>
    Task<Shapes> Shapes(Shapes shapes);

    /// <summary>Returns less common types of the framework, tuples, derived types and dynamic values.</summary>
    Task<Rarities> Rarities(Rarities rarities);

    /// <summary>Returns the less common collections.</summary>
    Task<Immutables> Immutables(Immutables immutables);

    /// <summary>Returns dictionaries with each type of key.</summary>
    Task<Keys> Keys(Keys keys);

    /// <summary>Returns values with custom formatters of the application.</summary>
    Task<Payment> Own(Payment payment);

    /// <summary>Requests the parked vehicles from the client, and returns them.</summary>
    Task<Page<Vehicle>> Park(string street);

    /// <summary>Returns several arguments that were sent without an object around them.</summary>
    ValueTask<double[]> Loose(int number, string? text, Level? level, params double[] rest);
}
