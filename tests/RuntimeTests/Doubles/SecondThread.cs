using System.Collections.Concurrent;
using System.Reflection;
using Xunit;

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

    /// <summary>Returns a double of a seam that calls back on every call, and then passes it on.</summary>
    /// <param name="inner">The object that the calls are passed to.</param>
    /// <param name="wrap">The replacement of a result, for a seam whose members return others; null for none.</param>
    public T Around<T>(T inner, Func<object?, object?>? wrap = null)
        where T : class => Fake.Of<T>((method, arguments) =>
        {
            var member = method.DeclaringType!.GetProperties().FirstOrDefault(one => one.GetMethod == method)?.Name ?? method.Name;
            CallBack(NameOf(method.DeclaringType, member));
            var result = method.Invoke(inner, BindingFlags.DoNotWrapExceptions, null, arguments, null);
            return wrap is null ? result : wrap(result);
        });

    /// <summary>Returns a value indicating whether a member of a seam was called.</summary>
    public bool HasCalled<T>(string member) => _members.ContainsKey(NameOf(typeof(T), member));

    /// <summary>Returns the members that a seam declares and that were not called.</summary>
    public IEnumerable<string> NotCalled<T>() => MembersOf(typeof(T)).Where(member => !HasCalled<T>(member));

    /// <summary>Asserts that no call back was blocked, and that all members were called that a seam declares.</summary>
    /// <param name="except">The members that can remain uncalled.</param>
    public void AssertCalled<T>(params string[] except)
    {
        Assert.Empty(_blocked);
        Assert.Empty(except.Except(MembersOf(typeof(T))));
        Assert.Empty(NotCalled<T>().Except(except));
    }

    /// <summary>Calls back and waits.</summary>
    /// <param name="member">The name of a member of a seam, which is called.</param>
    public void CallBack<T>(string member) => CallBack(NameOf(typeof(T), member));

    private static IEnumerable<string> MembersOf(Type seam) =>
        seam.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(one => one is not MethodInfo { IsSpecialName: true }).Select(one => one.Name);

    private static string NameOf(Type seam, string member) => $"{seam.Name}.{member}";

    /// <summary>Calls back and waits. Does nothing while no call back is set, and for members that the call back itself calls.</summary>
    private void CallBack(string member)
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
