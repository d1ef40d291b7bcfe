using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace TypedSocketRedis.CompilerServices;

/// <summary>The handlers that generated code has described; it adds each when its assembly is loaded.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SocketHandlers
{
    /// <summary>Adds a handler of the assembly that the calling code was generated for.</summary>
    /// <typeparam name="THandler">The handler.</typeparam>
    /// <param name="handler">Its description.</param>
    public static void Register<THandler>(HandlerDescription<THandler> handler)
        where THandler : SocketHandler => Known<THandler>.Description = handler;

    /// <summary>Adds a handler of another assembly, unless that assembly has added it itself.</summary>
    /// <typeparam name="THandler">The handler.</typeparam>
    /// <param name="handler">Its description.</param>
    public static void RegisterOther<THandler>(HandlerDescription<THandler> handler)
        where THandler : SocketHandler => Interlocked.CompareExchange(ref Known<THandler>.Description, handler, null);

    /// <summary>Returns the description of a handler.</summary>
    /// <exception cref="InvalidOperationException">No code was generated for the handler.</exception>
    internal static HandlerDescription<THandler> Of<THandler>()
        where THandler : SocketHandler
    {
        // The assembly of the handler may not have run any of its code yet.
        RuntimeHelpers.RunModuleConstructor(typeof(THandler).Module.ModuleHandle);
        return Volatile.Read(ref Known<THandler>.Description) ?? throw new InvalidOperationException(
            $"{typeof(THandler)} cannot be added as a handler, because no code was generated for it. Name it as the type argument of "
            + $"AddHandler in a C# project that references TypedSocketRedis.Contracts: AddHandler<{typeof(THandler).Name}>(). An abstract "
            + "class cannot be added.");
    }

    private static class Known<THandler>
        where THandler : SocketHandler
    {
        public static HandlerDescription<THandler>? Description;
    }
}

/// <summary>Marks an assembly whose handlers are added by its own generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class SocketHandlersAttribute : Attribute;
