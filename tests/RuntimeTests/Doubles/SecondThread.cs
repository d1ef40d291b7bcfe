using System.Collections.Concurrent;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>A call back from a second thread, for which a double waits: it blocks where a lock is held that the call needs.</summary>
internal sealed class SecondThread
{
    // Some calls back cause the same call again, so their number is limited.
    private const int MaxCallsBack = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly AsyncLocal<bool> _isCallingBack = new();
    private readonly ConcurrentDictionary<string, int> _members = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> _blocked = [];

    /// <summary>Gets or sets the call back, or null while there is none.</summary>
    public Func<Task>? Call { get; set; }

    /// <summary>Gets the members of doubles that were called, in alphabetical order.</summary>
    public IEnumerable<string> Members => _members.Keys.Order(StringComparer.Ordinal);

    /// <summary>Gets the members during which a call back did not return.</summary>
    public IReadOnlyCollection<string> Blocked => _blocked;

    /// <summary>Calls back and waits. Does nothing while no call back is set, and for members that the call back itself calls.</summary>
    public void CallBack(string member)
    {
        if (_isCallingBack.Value || Call is not { } call
            || _members.AddOrUpdate(member, 1, static (_, count) => count + 1) > MaxCallsBack) return;
        _isCallingBack.Value = true;
        try
        {
            if (!Task.Run(call).Wait(Patience)) _blocked.Add(member);
        }
        finally
        {
            _isCallingBack.Value = false;
        }
    }
}
