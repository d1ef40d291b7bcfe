// CS0411: The type arguments for method 'SocketHarness.ConnectAsync<TCommands>(ClaimsPrincipal?,
using Shop;

public static class Wrong
{
    public static async Task Run(SocketHarness harness)
    {
        await harness.ConnectAsync();
    }
}
