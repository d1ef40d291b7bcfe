using Microsoft.CodeAnalysis;
using TypedSocketRedis.Generator.Model;
using TypedSocketRedis.Generator.Parsing.Types;

namespace TypedSocketRedis.Generator.Parsing.Handlers;

/// <summary>The constructor call of a handler, as code.</summary>
/// <param name="Arguments">The arguments.</param>
/// <param name="Services">The services that must be registered, as arguments of their description.</param>
internal sealed record HandlerConstructor(EquatableArray<string> Arguments, EquatableArray<string> Services)
{
    private const string Injection = "Microsoft.Extensions.DependencyInjection.";
    private const string Provider = "global::" + Injection + "ServiceProviderServiceExtensions";
    private const string KeyedProvider = "global::" + Injection + "ServiceProviderKeyedServiceExtensions";

    /// <summary>Chooses the constructor of a handler and converts its parameters.</summary>
    public static HandlerConstructor Parse(INamedTypeSymbol type, Problems problems, Location? at, Compilation compilation)
    {
        var none = new HandlerConstructor(new([]), new([]));
        if (Choose(type, compilation.Assembly, out var reason) is not { } constructor) return Refuse(reason);
        if (HasRequiredMembers(type) && !constructor.Has("System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute"))
            return Refuse("it has required members");
        var (arguments, services) = (new List<string>(), new List<string>());
        foreach (var parameter in constructor.Parameters)
        {
            if (parameter.RefKind != RefKind.None) return Refuse($"parameter '{parameter.Name}' is passed by reference");
            if (parameter.Type.TypeKind == TypeKind.Error) return none;
            if (!HandlerSymbols.IsUsable(parameter.Type, compilation.Assembly))
                return Refuse($"the type of parameter '{parameter.Name}' is not accessible");
            if (parameter.Type.PlainCode() == "global::TypedSocketRedis.ISocket")
            {
                problems.Add(Descriptors.HandlerSocket, problems.Source(parameter) ?? at, null, type.Display());
                return none;
            }

            arguments.Add(Argument(parameter, services));
        }

        return new(new(arguments), new(services));

        HandlerConstructor Refuse(string reason)
        {
            problems.Add(Descriptors.HandlerConstructor, at, null, type.Display(), reason);
            return none;
        }
    }

    private static IMethodSymbol? Choose(INamedTypeSymbol type, IAssemblySymbol from, out string reason)
    {
        reason = "";
        var all = type.InstanceConstructors.Where(c => Symbols.IsAccessible(c, from)).ToArray();
        var marked = all.Where(c => c.Has(Injection + "ActivatorUtilitiesConstructorAttribute")).ToArray();
        if (marked.Length == 1) return marked[0];
        var longest = all.GroupBy(c => c.Parameters.Length).OrderByDescending(g => g.Key).FirstOrDefault()?.ToArray();
        reason = longest is null ? "none is public or internal"
            : marked.Length > 1 ? "several have [ActivatorUtilitiesConstructor]"
            : longest.Length > 1 ? "several have the same number of parameters, and none has [ActivatorUtilitiesConstructor]"
            : "";
        return reason.Length == 0 ? longest![0] : null;
    }

    private static string Argument(IParameterSymbol parameter, List<string> services)
    {
        var type = parameter.Type.PlainCode();
        if (type == "global::System.IServiceProvider") return "services";
        var keyed = parameter.Attribute(Injection + "FromKeyedServicesAttribute");
        var key = keyed is { ConstructorArguments.Length: 1 } && !keyed.ConstructorArguments[0].IsNull
            ? AttributeParser.Constant(keyed.ConstructorArguments[0])
            : null;
        if (parameter.HasExplicitDefaultValue)
        {
            // Values are never services.
            if (parameter.Type.IsValueType || parameter.Type.SpecialType == SpecialType.System_String) return Symbols.Literal(parameter);
            return key is null ? $"{Provider}.GetService<{type}>(services)!" : $"{KeyedProvider}.GetKeyedService<{type}>(services, {key})!";
        }

        services.Add(key is null ? $"typeof({type})" : $"typeof({type}), {key}");
        return key is null ? $"{Provider}.GetRequiredService<{type}>(services)"
            : $"{KeyedProvider}.GetRequiredKeyedService<{type}>(services, {key})";
    }

    private static bool HasRequiredMembers(INamedTypeSymbol type)
    {
        for (var t = type; t is not null; t = t.BaseType)
            if (t.GetMembers().Any(m => m is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })) return true;
        return false;
    }
}
