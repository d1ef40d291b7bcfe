using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace TypedSocketRedis.Broadcasting;

/// <summary>The handlers of one kind, in the order in which they were added.</summary>
/// <typeparam name="T">The type of the handlers.</typeparam>
/// <param name="inherited">The handlers that run first: those of the group of dynamic namespaces, or null for none.</param>
internal sealed class HandlerList<T>(HandlerList<T>? inherited = null)
    where T : class
{
    private ImmutableArray<T> _handlers = [];

    /// <summary>The handlers at this moment; a copy.</summary>
    public ImmutableArray<T> Current => inherited?.Current is { IsEmpty: false } first ? first.AddRange(_handlers) : _handlers;

    /// <summary>Adds a handler.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="name">The name of the caller's parameter.</param>
    /// <returns>The registration.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public Registration Add(T handler, [CallerArgumentExpression(nameof(handler))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(handler, name);
        ImmutableInterlocked.Update(ref _handlers, static (all, added) => all.Add(added), handler);
        return new Registration(() => ImmutableInterlocked.Update(ref _handlers, static (all, removed) =>
            all.LastIndexOf(removed) is >= 0 and var index ? all.RemoveAt(index) : all, handler));
    }

    /// <summary>Adds a handler in front of the others of this list.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="name">The name of the caller's parameter.</param>
    /// <returns>The registration.</returns>
    /// <exception cref="ArgumentNullException">The handler is null.</exception>
    public Registration Prepend(T handler, [CallerArgumentExpression(nameof(handler))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(handler, name);
        ImmutableInterlocked.Update(ref _handlers, static (all, added) => all.Insert(0, added), handler);
        return new Registration(() => ImmutableInterlocked.Update(ref _handlers, static (all, removed) => all.Remove(removed), handler));
    }
}

/// <summary>The registration of a handler, removed by disposing it.</summary>
/// <param name="remove">The action that removes the handler.</param>
internal sealed class Registration(Action remove) : IDisposable
{
    private Action? _remove = remove;

    public void Dispose() => Interlocked.Exchange(ref _remove, null)?.Invoke();
}
