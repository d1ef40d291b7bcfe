using Aot;
using TypedSocketRedis;

/// <summary>The receiver of all events: a recorder, whose arguments are read by generated code.</summary>
internal static class Receiver
{
    /// <summary>Sends every payload to a recorder, and reads payloads and acknowledgements back.</summary>
    /// <exception cref="InvalidOperationException">An event is missing or a value has changed.</exception>
    public static async Task RunAsync()
    {
        var recorder = new SocketEventsRecorder().Acknowledge("parked", static sent => SocketArguments.Of(SocketArgument.Payload(
            new Page<Vehicle>([new Car { Plate = sent[0].GetString(), Wheels = 4 }, new Bicycle()], null))));
        await Samples.SendAsync(recorder.Of<IAotEvents>().All);
        if (recorder.Events.Count != 8) throw new InvalidOperationException($"{recorder.Events.Count} of 8 events arrived.");
        if (recorder.Events[6].Arguments[0].GetPayload<Payment>() is not { Number: 255, Sum.Amount: 12.50m })
            throw new InvalidOperationException("A payment came back as another one.");

        var parked = await recorder.Client<IAotEvents>().Parked("Elm Street");
        if (parked.Items is not [Car { Plate: "Elm Street" }, Bicycle { Wheels: 2 }])
            throw new InvalidOperationException("The acknowledgement is another one.");
        Console.WriteLine($"recorded: {recorder.Events.Count} events and an acknowledgement");
        await EchoAsync();
    }

    // Sends the same payload without its contract.
    private static async Task EchoAsync()
    {
        var client = new SocketEventsRecorder().Acknowledge("echo", static sent => sent).Client("/aot");
        var echo = await client.EmitWithAckAsync("echo", SocketArgument.Payload(Samples.Payment), 7);
        if (echo[0].GetPayload<Payment>() is not { Number: 255, Sum.Amount: 12.50m } || echo[1].GetInt64() != 7)
            throw new InvalidOperationException("An untyped payment came back as another one.");
        Console.WriteLine($"untyped: {echo.Count} arguments there and back");
    }
}
