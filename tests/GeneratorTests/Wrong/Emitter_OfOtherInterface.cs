// TSR111: 'IDisposable' has no events that servers send to clients
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<IDisposable> emitter)
    {
        _ = emitter.All;
    }
}
