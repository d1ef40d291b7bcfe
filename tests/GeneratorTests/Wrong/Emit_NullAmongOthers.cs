// CS0037: Cannot convert null to 'SocketArgument'
using Shop;

public static class Use
{
    public static void Run(IEmitter<AnyEvents> any) => any.All.Emit("placed", 1, null);
}
