using System.Management.Automation;
using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Copies recovery plans.</summary>
[Cmdlet(VerbsCommon.Copy, "VroPlan", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(VroPlan))]
public sealed class CopyVroPlanCommand : VroPlanActionCmdlet
{
    /// <summary>The name of the copy; default: the server's choice.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NewName { get; set; }

    /// <inheritdoc/>
    private protected override VroPlanAction Rules => VroPlanActions.Clone;

    /// <inheritdoc/>
    private protected override bool CountsVms => false;

    /// <inheritdoc/>
    private protected override VroPlanOrder OrderFor(VroClient client, VroPlanSeen seen)
    {
        if (NewName is not null && !Force && FindByName(client, NewName) is { } taken)
        {
            throw new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.Conflict, $"-NewName '{NewName}': there is a plan of that name already ({taken.Id}). Nothing was sent.")
            {
                RecommendedAction = "Give another name.",
            };
        }

        return new VroClone(NewName);
    }

    /// <inheritdoc/>
    private protected override void OnSent(VroClient client, VroPlanSeen seen, VroPlanOrder order, JsonElement? answer)
    {
        if (!PassThru)
        {
            return;
        }

        var copy = answer is { } told && VroAssumptions.FindNewId(told) is { } id
            ? Await(token => client.GetPlanAsync(id, token))
            : NewName is null ? null : FindByName(client, NewName);
        if (copy is null)
        {
            WriteWarning($"The server took the copy of plan '{seen.Plan.Name}', but does not tell which plan it is. Get-VroPlan lists them.");
            return;
        }

        WriteObject(copy);
    }

    private VroPlan? FindByName(VroClient client, string name)
    {
        var found = new List<VroPlan>();
        Stream(token => client.ListPlansAsync(new VroPlanQuery { Names = [name], Match = p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase), DoubtsNothing = true }, token), found.Add);
        return found.FirstOrDefault();
    }
}
