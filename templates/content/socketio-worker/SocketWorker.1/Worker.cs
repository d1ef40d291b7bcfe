using StackExchange.Redis;

namespace SocketWorker._1;

/// <summary>Reports once a second, also after an outage of Redis.</summary>
public sealed class Worker(Reporter reporter, ILogger<Worker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await second.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await reporter.ReportAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is RedisException or TimeoutException)
            {
                log.LogWarning("A measurement was not sent: {Reason}", failure.Message);
            }
        }
    }
}
