// CS0121: The call is ambiguous between the following methods or properties: 'IEmitter<TEvents>.To(string)'
using Shop;

public static class Use
{
    public static void Run(IEmitter<IOrderEvents> orders) => orders.To(null).Opened();
}
