using System.Runtime.InteropServices;

namespace Clock;

/// <summary>A source of a token that is canceled by Ctrl+C, by a termination signal, or after a time.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignal(TimeSpan runFor)
    {
        _stop = new CancellationTokenSource(runFor);
        _registrations = [Register(PosixSignal.SIGINT), Register(PosixSignal.SIGTERM)];
    }

    public CancellationToken Token => _stop.Token;

    /// <summary>Cancels the token.</summary>
    public void Stop() => _stop.Cancel();

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        // Without this, the process would end before the nodes have closed the connections of their clients.
        context.Cancel = true;
        Stop();
    });
}
