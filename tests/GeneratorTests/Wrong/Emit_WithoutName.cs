// CS1503: Argument 2: cannot convert from 'int' to 'string'
using Shop;

public static class Wrong
{
    public static void Run(IBroadcast<AnyEvents> target)
    {
        target.Emit(42);
    }
}
