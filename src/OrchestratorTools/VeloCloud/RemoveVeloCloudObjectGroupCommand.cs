using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Removes object groups. It cannot be undone; the server refuses groups that rules refer to.</summary>
[Cmdlet(VerbsCommon.Remove, "VeloCloudObjectGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveVeloCloudObjectGroupCommand : VeloCloudObjectGroupChangingCmdlet
{
    /// <inheritdoc/>
    private protected override void OnGroup(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, VeloCloudObjectGroup group)
    {
        if (ShouldProcess($"{group.Type} '{group.Name}' of {enterprise} at {enterprise.Session.Server.Authority}", $"Remove ({group.Members.Count} {(group.Members.Count == 1 ? "entry" : "entries")}; it cannot be undone)"))
        {
            Await(token => client.RemoveObjectGroupAsync(group, enterprise.Id, token));
        }
    }
}
