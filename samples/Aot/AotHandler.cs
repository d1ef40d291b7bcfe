using TypedSocketRedis;

namespace Aot;

/// <summary>A handler that is created and called by generated code.</summary>
internal sealed class AotHandler([FromKeyedServices(AotHandler.Emitter)] IEmitter<IAotEvents> emitter)
    : SocketHandler<IAotEvents>, IAotCommands
{
    /// <summary>The service key of the emitter. The server has events for its clients, too, so the emitter is a further one.</summary>
    public const string Emitter = "emitter";

    public Task Send() => Samples.SendAsync(emitter.To(Socket.Id));

    public Task<Scalars> Scalars(Scalars scalars) => Task.FromResult(scalars);

    public Task<Collections> Collections(Collections collections) => Task.FromResult(collections);

    public Task<Shapes> Shapes(Shapes shapes) => Task.FromResult(shapes);

    public Task<Rarities> Rarities(Rarities rarities) => Task.FromResult(rarities);

    public Task<Immutables> Immutables(Immutables immutables) => Task.FromResult(immutables);

    public Task<Keys> Keys(Keys keys) => Task.FromResult(keys);

    public Task<Payment> Own(Payment payment) => Task.FromResult(payment);

    public Task<Page<Vehicle>> Park(string street) => Caller.Parked(street, ConnectionAborted);

    public ValueTask<double[]> Loose(int number, string? text, Level? level, params double[] rest) =>
        new([number, text is null ? 0 : 1, (double?)level ?? -1, .. rest]);
}
