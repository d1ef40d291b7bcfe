using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes the output of a contract: its event methods, its events as values, and its dispatcher.</summary>
internal static class ContractEmitter
{
    public static string Emit(ContractModel contract)
    {
        var code = SourceWriter.File();
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
}
