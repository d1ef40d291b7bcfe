using System.ComponentModel;
using TypedSocketRedis.Protocol;

namespace TypedSocketRedis;

/// <summary>Something the events of a contract can be sent to; the generated methods extend it.</summary>
/// <typeparam name="TEvents">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEventTarget<TEvents>
{
    /// <summary>Sends an event and awaits nothing; never blocks and never throws for what happens behind it.</summary>
    /// <param name="data">The encoded event, lent for this call.</param>
    void Send(EventData data);

    /// <summary>Sends an event; completes when local queues hold it and Redis, if there is one, accepted it.</summary>
    /// <param name="data">The encoded event, lent until the method returns its task.</param>
    /// <param name="cancellationToken">Ends the wait, not the sending.</param>
    /// <returns>The hand-over.</returns>
    ValueTask SendAsync(EventData data, CancellationToken cancellationToken);
}
