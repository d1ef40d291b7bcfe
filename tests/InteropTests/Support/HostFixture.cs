namespace TypedSocketRedis.Tests;

/// <summary>A conformance host, shared by the tests of a class.</summary>
public abstract class HostFixture : IAsyncLifetime
{
    private readonly string[] _options;
    private ConformanceProcess? _host;

    protected HostFixture(params string[] options) => _options = options;

    public ConformanceProcess Host => _host ?? throw new InvalidOperationException("The host has not started.");

    public async ValueTask InitializeAsync() => _host = await ConformanceProcess.StartAsync(_options);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
