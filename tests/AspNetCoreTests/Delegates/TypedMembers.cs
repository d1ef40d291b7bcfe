using System.Linq.Expressions;
using System.Reflection;

namespace TypedSocketRedis.Tests.Delegates;

/// <summary>The members that add a handler whose parameters are the arguments of an event, of namespaces and of sockets.</summary>
internal static class TypedMembers
{
    // Arguments that a client leaves out.
    private static readonly Type[] Missing = [typeof(SocketArgument), typeof(int?), typeof(bool?), typeof(Guid?)];

    public static IEnumerable<DelegateMember> All { get; } =
        [.. Methods(typeof(EventHandlersExtensions)).Select(OfNamespace), .. Methods(typeof(SocketEventExtensions)).Select(OfSocket)];

    private static MethodInfo[] Methods(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);

    private static DelegateMember OfNamespace(MethodInfo method) =>
        Member(method) with { Server = (io, fault) => Add(method, [typeof(ISocket), .. Missing], io.Of("/"), fault) };

    private static DelegateMember OfSocket(MethodInfo method) =>
        Member(method) with { Socket = (socket, fault) => Add(method, Missing, socket, fault) };

    private static DelegateMember Member(MethodInfo method) => new(
        $"{method.DeclaringType!.Name}.{method.Name}({DelegateTests.Text(method.GetParameters()[2].ParameterType)})",
        "event handler", Trigger.Say);

    private static void Add(MethodInfo method, Type[] types, object receiver, Fault fault)
    {
        var closed = method.IsGenericMethod ? method.MakeGenericMethod(types[..method.GetGenericArguments().Length]) : method;
        closed.Invoke(null, [receiver, "say", Handler(closed.GetParameters()[2].ParameterType, fault)]);
    }

    private static Delegate Handler(Type type, Fault fault)
    {
        var invoke = type.GetMethod("Invoke")!;
        var many = SocketArguments.Of();
        var run = invoke.ReturnType == typeof(Task) ? Body(() => fault.Run())
            : invoke.ReturnType == typeof(Task<SocketArgument>) ? Body(() => fault.Run(SocketArgument.Null))
            : Body(() => fault.Run(many));
        return Expression.Lambda(type, run, invoke.GetParameters().Select(one => Expression.Parameter(one.ParameterType))).Compile();

        static Expression Body<T>(Expression<Func<T>> lambda) => lambda.Body;
    }
}
