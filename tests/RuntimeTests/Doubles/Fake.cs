using System.Reflection;

namespace TypedSocketRedis.Tests.Doubles;

/// <summary>Implementations of interfaces without a class for each.</summary>
internal static class Fake
{
    /// <summary>Returns an object whose members are one function.</summary>
    public static T Of<T>(Func<MethodInfo, object?[]?, object?> invoke)
        where T : class
    {
        var fake = DispatchProxy.Create<T, Proxy>();
        ((Proxy)(object)fake).Invoked = invoke;
        return fake;
    }

    public class Proxy : DispatchProxy
    {
        internal Func<MethodInfo, object?[]?, object?> Invoked { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Invoked(targetMethod!, args);
    }
}
