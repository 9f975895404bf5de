using System.Management.Automation;
using OrchestratorTools.Clients.Vro;

namespace OrchestratorTools.Vro;

/// <summary>Lists the parameters of steps of recovery plans.</summary>
[Cmdlet(VerbsCommon.Get, "VroPlanStepParameter")]
[OutputType(typeof(VroPlanStepParameter))]
public sealed class GetVroPlanStepParameterCommand : VroPlanPartCmdlet
{
    /// <summary>A step, as Get-VroPlanStep returns it.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? Step { get; set; }

    /// <inheritdoc/>
    private protected override PSObject? Given => Step;

    /// <inheritdoc/>
    private protected override string GivenName => nameof(Step);

    /// <inheritdoc/>
    private protected override string Wanted => "a step";

    /// <inheritdoc/>
    private protected override bool Write(VroClient client, PartReference part)
    {
        if (part.Kind is not PartKind.Step)
        {
            return false;
        }

        foreach (var parameter in Await(token => client.ListStepParametersAsync(part.PlanId, part.Id, part.Name, token)).Where(p => IsWanted(p.Name)))
        {
            WriteObject(parameter);
        }

        return true;
    }
}
