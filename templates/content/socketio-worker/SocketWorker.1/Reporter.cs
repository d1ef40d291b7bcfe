using TypedSocketRedis;

namespace SocketWorker._1;

/// <summary>Sends measurements to the clients of all servers on the same Redis.</summary>
public sealed class Reporter(IEmitter<IWorkerEvents> clients)
{
    private int _number;

    public async Task ReportAsync(CancellationToken cancellationToken) =>
        await clients.All.Measured(new Measurement(++_number, (int)(Environment.WorkingSet >> 20)), cancellationToken);
}
