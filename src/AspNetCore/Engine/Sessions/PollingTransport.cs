using TypedSocketRedis.Protocol;

namespace TypedSocketRedis.Engine;

/// <summary>The HTTP long-polling transport: one GET at a time waits for frames, and one POST at a time carries packets.</summary>
/// <param name="form">The form in which the client reads binary messages.</param>
internal sealed class PollingTransport(FrameForm form) : IEngineTransport
{
    // Marks a running POST whose end is not awaited by an upgrade.
    private static readonly TaskCompletionSource Unwatched = new();

    private TaskCompletionSource<bool>? _poll;
    private TaskCompletionSource? _post;
    private bool _isPollOfUpgrade;

    public string Name => TransportName.Polling;

    public bool Deflates => false;

    // Responses encode binary messages themselves, so the queue holds the frames that a WebSocket needs after an upgrade.
    public FrameForm Form => FrameForm.Default;

    /// <summary>Gets a value indicating whether the client uses protocol 3.</summary>
    public bool IsLegacy => form >= FrameForm.Legacy;

    /// <summary>Gets a value indicating whether a client of protocol 3 reads binary messages only as base64.</summary>
    public bool IsLegacyText => form == FrameForm.LegacyText;

    public bool IsWritable => Volatile.Read(ref _poll) is not null;

    /// <summary>Gets a value indicating whether the client opened a WebSocket for an upgrade before it sent its last poll.</summary>
    public bool IsPollOfUpgrade => Volatile.Read(ref _isPollOfUpgrade);

    public void Flush(EngineSession session)
    {
        if (session.HasFrames(this)) Release();
    }

    public void Abort() => Release();

    /// <summary>Completes the waiting poll, if there is one.</summary>
    /// <param name="isValid">False to refuse the poll, because the client sent it after its upgrade.</param>
    public void Release(bool isValid = true) => Volatile.Read(ref _poll)?.TrySetResult(isValid);

    /// <summary>Makes a GET the one that waits; returns false if another one is waiting.</summary>
    /// <param name="poll">The source that is completed when there is something to respond, with false if the poll is to be refused.</param>
    /// <param name="isUpgrading">True if the client has opened a WebSocket for an upgrade before.</param>
    public bool TryBeginPoll(TaskCompletionSource<bool> poll, bool isUpgrading)
    {
        if (Interlocked.CompareExchange(ref _poll, poll, null) is not null) return false;
        Volatile.Write(ref _isPollOfUpgrade, isUpgrading);
        return true;
    }

    public void EndPoll() => Volatile.Write(ref _poll, null);

    /// <summary>Makes a POST the running one; returns false if another one is running.</summary>
    public bool TryBeginPost() => Interlocked.CompareExchange(ref _post, Unwatched, null) is null;

    public void EndPost() => Interlocked.Exchange(ref _post, null)?.TrySetResult();

    /// <summary>Returns a task that completes when no POST is running.</summary>
    public Task PostedAsync()
    {
        var watched = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var post = Interlocked.CompareExchange(ref _post, watched, Unwatched);
        return ReferenceEquals(post, Unwatched) ? watched.Task : post?.Task ?? Task.CompletedTask;
    }
}
