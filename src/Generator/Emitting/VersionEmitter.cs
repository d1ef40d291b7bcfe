namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes the check that the assembly which is loaded at run time fits the generated code.</summary>
internal static class VersionEmitter
{
    /// <summary>The version of <c>TypedSocketRedis.CompilerServices</c> that this generator writes code for.</summary>
    public const int Version = 2;

    public static string Emit(string assembly) => SourceWriter.File().Open("namespace " + KnownNames.GeneratedNamespace)
        .Line("/// <summary>Checks, when the assembly is loaded, that its generated code fits "
            + "the version of TypedSocketRedis.Contracts.</summary>")
        .Open($"internal static class {KnownNames.VersionClass}")
        .Line("[global::System.Runtime.CompilerServices.ModuleInitializer]")
        .Line("internal static void Check() =>")
        .Line($"    global::TypedSocketRedis.CompilerServices.GeneratedCode.RequireVersion({Version}, {CodeText.Literal(assembly)});")
        .Close().Close().ToString();
}
