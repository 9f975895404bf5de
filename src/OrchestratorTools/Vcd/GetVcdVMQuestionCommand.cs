using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Shows what virtual machines ask and wait for the answer of: those that are given, or all that wait.</summary>
[Cmdlet(VerbsCommon.Get, "VcdVMQuestion")]
[OutputType(typeof(VcdVMQuestion))]
public sealed class GetVcdVMQuestionCommand : VcdVMShowingCmdlet
{
    private static readonly VcdCondition ThatWait = new("status") { Values = ["WAITING_FOR_INPUT"] };

    /// <summary>The virtual machines: names, wildcards, ids, or what Get-VcdVM returned; without it, all that wait.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdVM>))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override VcdVMArgument[] VM { get; set; } = [];

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(VM)))
        {
            ForEach(VM);
            return;
        }

        var source = VApp?.Source ?? Organization?.Organization;
        foreach (var session in Sessions(source))
        {
            var client = ClientFor(session, VApp?.Source);
            Stream(token => client.ListAsync<VcdVM>(new VcdListing { Conditions = [ThatWait, .. VcdLookup.In(VApp)], Organization = client.Tenant }, token), vm =>
            {
                if (vm.IsInTemplate is not true)
                {
                    Attempt(() => OnVM(client, vm), vm);
                }
            });
        }
    }

    /// <inheritdoc/>
    private protected override void OnVM(VcdClient client, VcdVM vm)
    {
        if (Await(token => client.GetQuestionAsync(vm, token)) is { } question)
        {
            WriteObject(question);
        }
        else
        {
            WriteVerbose($"Virtual machine '{vm.Name}' asks nothing.");
        }
    }
}
