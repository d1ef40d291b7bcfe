using StackExchange.Redis;
using TypedSocketRedis;

namespace Worker;

/// <summary>A service that sends measurements. In a server it is the same class: there, the emitter is that of the server.</summary>
internal sealed class Reporter(IEmitter<IWorkerEvents> clients, ILogger<Reporter> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var number = 1; await second.WaitForNextTickAsync(stoppingToken); number++)
        {
            try
            {
                await ReportAsync(number, stoppingToken);
            }
            catch (Exception failure) when (failure is RedisException or TimeoutException)
            {
                log.LogWarning("Measurement {Number} was not sent: {Reason}", number, failure.Message);
            }
        }
    }

    // <requests>
    private async Task ReportAsync(int number, CancellationToken stop)
    {
        // An event: it completes when Redis has accepted it.
        await clients.All.Measured(new Measurement(number, DateTime.UtcNow, (int)(Environment.WorkingSet >> 20)), stop);

        // A request for acknowledgements: it ends when all clients have sent theirs, or with those that came in time.
        AckResult<int> received = await clients.All.WithTimeout(TimeSpan.FromSeconds(1)).Received(stop).ToResultAsync();

        // A request to the servers.
        FetchedSockets sockets = await clients.All.FetchSocketsAsync(stop);
        log.LogInformation(
            "Measurement {Number}: {Clients} clients on {Responded} of {Servers} servers, {Received} measurements received",
            number, sockets.Count, sockets.RespondedNodes, sockets.ExpectedNodes, received.Results.Sum());
    }

    // </requests>
}
