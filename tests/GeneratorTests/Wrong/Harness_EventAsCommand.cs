// CS1929: 'IOrderCommands' does not contain a definition for 'Opened'
using Shop;

public static class Wrong
{
    public static async Task Run(HarnessClient<IOrderCommands> client)
    {
        await client.EmitAsync(c => c.Opened());
    }
}
