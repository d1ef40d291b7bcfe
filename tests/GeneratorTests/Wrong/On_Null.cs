// CS8625: Cannot convert null literal to non-nullable reference type
using Shop;

public static class Use
{
    public static void Run(ISocketNamespace<AnyEvents> ns) => ns.On("move", null);
}
