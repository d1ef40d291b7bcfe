// CS0452: The type 'int' must be a reference type
using Shop;

public static class Wrong
{
    public static void Run(IEmitter<int> emitter)
    {
        _ = emitter.All;
    }
}
