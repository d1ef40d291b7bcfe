using System.Diagnostics;

namespace TypedSocketRedis.Broadcasting;

/// <summary>A span whose listeners can throw without effect on the code that is traced; empty if it is not recorded.</summary>
/// <remarks>While it is current, the spans and messages of the same flow are its children. It ends with <see cref="Dispose"/>.</remarks>
internal readonly struct GuardedSpan : IDisposable
{
    private readonly Activity? _before;

    private GuardedSpan(Activity? activity, Activity? before) => (Activity, _before) = (activity, before);

    /// <summary>The span, or null if it is not recorded.</summary>
    public Activity? Activity { get; }

    /// <summary>Starts a span and makes it current.</summary>
    /// <param name="source">The source.</param>
    /// <param name="name">The name of the operation.</param>
    /// <param name="kind">The side of the message. A producer continues the current span; a consumer only that of the sender.</param>
    /// <param name="parent">The span of the sender, or an empty one.</param>
    public static GuardedSpan Start(ActivitySource source, string name, ActivityKind kind, ActivityContext parent)
    {
        var before = Activity.Current;
        try
        {
            // The loops that read messages may have been started by code with a span of its own.
            if (kind == ActivityKind.Consumer) Activity.Current = null;
            if (source.StartActivity(name, kind, parent) is { } activity) return new GuardedSpan(activity, before);
        }
        catch (Exception)
        {
            // A listener threw, which must not affect the caller.
        }

        Activity.Current = before;
        return default;
    }

    /// <summary>Makes the span that was current before this one current again, because this one ends later and elsewhere.</summary>
    public void Detach()
    {
        if (Activity is not null) Activity.Current = _before;
    }

    /// <summary>Ends the span. If it is current, the one before becomes current again.</summary>
    public void Dispose()
    {
        if (Activity is null) return;
        var current = Activity.Current;
        try
        {
            Activity.Stop();
        }
        catch (Exception)
        {
            // A listener threw, which must not affect the caller.
        }

        Activity.Current = ReferenceEquals(current, Activity) ? _before : current;
    }
}
