// TSR111: 'IDisposable' has no events that servers send to clients
using Shop;

public sealed class Announcer(IEmitter<IDisposable> emitter)
{
    public object Target => emitter.All;
}
