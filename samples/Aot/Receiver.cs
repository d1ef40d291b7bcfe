using Aot;
using TypedSocketRedis;

/// <summary>A receiver of all events, whose arguments have been read by generated code.</summary>
internal sealed class Receiver : IAotEvents
{
    private readonly List<object?> _received = [];

    /// <summary>Sends every payload through a recorder, which passes it to the generated dispatcher.</summary>
    /// <exception cref="InvalidOperationException">An event is missing or a value has changed.</exception>
    public static async Task RunAsync()
    {
        var recorder = new SocketEventsRecorder();
        var receiver = new Receiver();
        recorder.HandleAotEvents(receiver);

        var clients = recorder.Of<IAotEvents>();
        await Samples.SendAsync(clients);
        if (receiver._received.Count != 8) throw new InvalidOperationException($"{receiver._received.Count} of 8 events arrived.");
        if (receiver._received[6] is not Payment { Number: 255, Sum.Amount: 12.50m })
            throw new InvalidOperationException("A payment came back as another one.");

        var parked = await recorder.Client<IAotEvents>().Parked("Elm Street");
        if (parked.Items is not [Car { Plate: "Elm Street" }, Bicycle { Wheels: 2 }])
            throw new InvalidOperationException("The answer is another one.");
        Console.WriteLine($"dispatched: {receiver._received.Count} events and an answer");
        await EchoAsync();
    }

    // Sends the same payload without its contract.
    private static async Task EchoAsync()
    {
        var resolver = global::Aot.SocketEventsResolver.Instance;
        var client = new SocketEventsRecorder().Acknowledge("echo", sent => sent).Client("/aot");
        var echo = await client.EmitWithAckAsync("echo", SocketArgument.From(Samples.Payment, resolver), 7);
        if (echo[0].Read<Payment>(resolver) is not { Number: 255, Sum.Amount: 12.50m } || echo[1].GetInt64() != 7)
            throw new InvalidOperationException("An untyped payment came back as another one.");
        Console.WriteLine($"untyped: {echo.Count} arguments there and back");
    }

    public Task Scalars(Scalars scalars) => Keep(scalars);

    public Task Collections(Collections collections) => Keep(collections);

    public Task Shapes(Shapes shapes) => Keep(shapes);

    public Task Rarities(Rarities rarities) => Keep(rarities);

    public Task Immutables(Immutables immutables) => Keep(immutables);

    public Task Keys(Keys keys) => Keep(keys);

    public Task Own(Payment payment) => Keep(payment);

    public Task<Page<Vehicle>> Parked(string street, CancellationToken cancellationToken) =>
        Task.FromResult(new Page<Vehicle>([new Car { Plate = street, Wheels = 4 }, new Bicycle()], null));

    public ValueTask Loose(int number, string? text, Level? level, params double[] rest) => new(Keep(rest));

    private Task Keep(object? value)
    {
        _received.Add(value);
        return Task.CompletedTask;
    }
}
