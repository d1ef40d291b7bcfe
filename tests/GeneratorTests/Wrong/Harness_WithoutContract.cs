// CS0411: The type arguments for method 'SocketHarness.ConnectAsync<TCommands>(ClaimsPrincipal?, Action<HarnessClientOptions>?, CancellationToken)' cannot be inferred from the usage.
using Shop;

public static class Wrong
{
    public static async Task Run(SocketHarness harness)
    {
        await harness.ConnectAsync();
    }
}
