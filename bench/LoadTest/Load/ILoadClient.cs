namespace TypedSocketRedis.LoadTest.Load;

/// <summary>A client of the server under test, which counts the events that it receives.</summary>
internal interface ILoadClient : IAsyncDisposable
{
    /// <summary>Triggers one broadcast of the server to all clients.</summary>
    Task TriggerAsync(int number);
}
