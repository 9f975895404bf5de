using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that do one thing to virtual machines by one link. What is done already is left alone, which -Verbose tells; with -Wait the virtual machine comes out all the same.</summary>
public abstract class VcdVMOperationCmdlet : VcdVMTaskCmdlet
{
    /// <summary>What is done.</summary>
    private protected abstract VcdOperation Operation { get; }

    /// <summary>True where a parameter makes it something that cannot be taken back.</summary>
    private protected virtual bool IsGrave => false;

    /// <inheritdoc/>
    private protected sealed override void OnVM(VcdClient client, VcdVM vm)
    {
        var operation = Operation;
        var target = Described(client, vm);
        if (ShouldProcess(target, operation.Verb) && (!IsGrave || AgreedTo(target, operation.Verb)))
        {
            var what = $"virtual machine '{vm.Name}'";
            Start(
                client,
                operation.DoneTo(what),
                vm,
                (c, token) => BesideOthersAsync(c, vm.VAppHref, what, () => c.OperateAsync(vm.Href.Length > 0 ? vm.Href : vm.Id, operation, token), token),
                Finished(vm));
        }
    }
}
