namespace Clock;

/// <summary>Leaves signals to the program, which ends its nodes in good order; a host alone would react to them by itself.</summary>
internal sealed class ProgramLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
