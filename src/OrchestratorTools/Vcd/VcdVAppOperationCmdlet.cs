using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that do one thing to vApps by one link. What is done already is left alone, which -Verbose tells; with -Wait the vApp comes out all the same.</summary>
public abstract class VcdVAppOperationCmdlet : VcdVAppTaskCmdlet
{
    /// <summary>What is done.</summary>
    private protected abstract VcdOperation Operation { get; }

    /// <summary>True where a parameter makes it something that cannot be taken back.</summary>
    private protected virtual bool IsGrave => false;

    /// <inheritdoc/>
    private protected sealed override void OnVApp(VcdClient client, VcdVApp vapp)
    {
        var operation = Operation;
        var target = Described(client, vapp);
        if (ShouldProcess(target, operation.Verb) && (!IsGrave || AgreedTo(target, operation.Verb)))
        {
            Start(client, operation.DoneTo($"vApp '{vapp.Name}'"), vapp, (c, token) => c.OperateAsync(vapp.Href.Length > 0 ? vapp.Href : vapp.Id, operation, token), Finished(vapp));
        }
    }
}
