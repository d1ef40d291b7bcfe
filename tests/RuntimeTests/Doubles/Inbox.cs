using System.Threading.Channels;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A queue of texts that tests wait for.</summary>
internal sealed class Inbox
{
    private readonly Channel<string> _texts = Channel.CreateUnbounded<string>();

    public Task AddAsync(string text)
    {
        _texts.Writer.TryWrite(text);
        return Task.CompletedTask;
    }

    public async Task<string[]> TakeAsync(int count, TimeSpan timeout)
    {
        var texts = new string[count];
        for (var i = 0; i < count; i++) texts[i] = await _texts.Reader.ReadAsync().AsTask().WaitAsync(timeout);
        return texts;
    }
}
