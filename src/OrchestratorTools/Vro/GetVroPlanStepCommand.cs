using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Lists the steps of VMs and virtual groups of recovery plans.</summary>
[Cmdlet(VerbsCommon.Get, "VroPlanStep")]
[OutputType(typeof(VroPlanStep))]
public sealed class GetVroPlanStepCommand : VroPlanPartCmdlet
{
    /// <summary>A VM; a group: its own steps, or those of its VMs; a plan (also by its name or id): all steps.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("VM", "Group", "Plan")]
    [ArgumentCompleter(typeof(VroPlanCompleter))]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    private protected override PSObject? Given => InputObject;

    /// <inheritdoc/>
    private protected override string Wanted => "a VM, a group or a plan";

    /// <inheritdoc/>
    private protected override bool Write(VroClient client, PartReference part)
    {
        switch (part.Kind)
        {
            case PartKind.Vm:
                WriteOfVm(client, part.PlanId, new VroPlanVm { Id = part.Id, Name = part.Name, GroupId = part.GroupId, GroupName = part.GroupName });
                return true;
            case PartKind.Group:
                WriteOfGroup(client, part.PlanId, part.Id, part.Name);
                return true;
            case PartKind.Plan:
                foreach (var group in Await(token => client.ListGroupsAsync(part.Id, token)))
                {
                    WriteOfGroup(client, part.Id, group.Id, group.Name);
                }

                return true;
            default:
                return false;
        }
    }

    private void WriteOfGroup(VroClient client, string planId, string groupId, string groupName)
    {
        var vms = Await(token => client.ListVmsAsync(planId, groupId, groupName, token));
        foreach (var vm in vms)
        {
            WriteOfVm(client, planId, vm);
        }

        // Only a group without VMs has steps of its own.
        if (vms.Count == 0)
        {
            foreach (var step in Await(token => client.ListStepsOfGroupAsync(planId, groupId, groupName, token)))
            {
                WriteWanted(step);
            }
        }
    }

    private void WriteOfVm(VroClient client, string planId, VroPlanVm vm)
    {
        foreach (var step in Await(token => client.ListStepsOfVmAsync(planId, vm, token)))
        {
            WriteWanted(step);
        }
    }
}
