using TypedSocketRedis;
using Xunit;

namespace SocketWorker._1.Tests;

public sealed class ReporterTests
{
    [Fact]
    public async Task Measurements_are_numbered_and_sent_to_all_clients()
    {
        var recorder = new SocketEventsRecorder();
        var reporter = new Reporter(recorder.Of<IWorkerEvents>());

        await reporter.ReportAsync(TestContext.Current.CancellationToken);
        await reporter.ReportAsync(TestContext.Current.CancellationToken);

        var sent = recorder.Events.Select(recorded => Assert.IsType<WorkerEvents.Measured>(recorded.Event).Measurement);
        Assert.Equal([1, 2], sent.Select(measurement => measurement.Number));
        Assert.All(recorder.Events, recorded => Assert.Empty(recorded.Rooms));
    }
}
