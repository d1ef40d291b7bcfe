using TypedSocketRedis.Generator.Model;

namespace TypedSocketRedis.Generator.Emitting;

/// <summary>Writes the output of a contract: its event methods, its dispatcher, and its implementation over a target.</summary>
internal static class ContractEmitter
{
    public static string Emit(ContractModel contract)
    {
        var code = SourceWriter.File();
        if (contract.Namespace.Length > 0) code.Open("namespace " + contract.Namespace);
        BroadcastEmitter.Write(code, contract);
        DispatcherEmitter.Write(code.Line(), contract);
        SenderEmitter.Write(code.Line(), contract);
        if (contract.Namespace.Length > 0) code.Close();
        return code.ToString();
    }
}
