using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes the output of a contract: its event methods, its events as values, and its dispatcher.</summary>
internal static class ContractEmitter
{
    private const string Contract = "__contract";

    public static string Emit(ContractModel contract)
    {
        var code = SourceWriter.File();
        Aliases(code, contract);
        contract = Aliased(contract);
        if (contract.Namespace.Length > 0) code.Open("namespace " + contract.Namespace);
        if (contract.IsSent)
        {
            BroadcastEmitter.Write(code, contract);
            if (!contract.IsStub) EventEmitter.Write(code.Line(), contract, contract.Accessibility);
        }

        if (contract is { IsHandled: true, IsStub: false }) DispatcherEmitter.Write(contract.IsSent ? code.Line() : code, contract);
        if (contract.Namespace.Length > 0) code.Close();
        return code.ToString();
    }

    // Names that no application has; a file without aliases would be twice as long. Beside a stub there may be no formatters.
    private static void Aliases(SourceWriter code, ContractModel contract)
    {
        code.Line($"using {Contract} = {contract.Type};").Line(Alias(KnownNames.Services, "TypedSocketRedis.CompilerServices"));
        if (!contract.IsStub) code.Line(Alias(KnownNames.Formatters, KnownNames.GeneratedNamespace));
        code.Line(Alias(KnownNames.MessagePack, "MessagePack")).Line(Alias(KnownNames.Tasks, "System.Threading.Tasks")).Line();
    }

    private static ContractModel Aliased(ContractModel contract) => contract with
    {
        Type = Contract,
        Events = new(contract.Events.Select(e => e with { Owners = new(e.Owners.Select(o => o == contract.Type ? Contract : o)) })),
    };

    private static string Alias(string prefix, string space) => $"using {prefix.TrimEnd('.')} = global::{space};";
}
