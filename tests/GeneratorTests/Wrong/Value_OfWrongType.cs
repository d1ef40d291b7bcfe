// CS1503: Argument 1: cannot convert from 'int' to 'string'
using Shop;

public static class Wrong
{
    public static bool Run()
    {
        return new OrderEvents.Placed(1, 2) == new OrderEvents.Placed("a", 2);
    }
}
