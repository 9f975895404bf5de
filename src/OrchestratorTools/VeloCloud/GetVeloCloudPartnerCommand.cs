using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the partners that look after an operator's enterprises.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudPartner", DefaultParameterSetName = "Name")]
[OutputType(typeof(VeloCloudPartner))]
public sealed class GetVeloCloudPartnerCommand : ReadingCmdlet<VeloCloudSession>
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudPartnerCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Ids.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Id")]
    [ValidateNotNullOrEmpty]
    [ValidateRange(1, long.MaxValue)]
    public long[]? Id { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnRecord()
        => VeloCloudListed.Write(this, Sessions(), Name, Id, "partner", "Get-VeloCloudPartner", p => p.Name, p => p.Id, session => Await(token => new VeloCloudClient(session, RequestObserver).GetPartnersAsync(token)), target => CurrentTarget = target);
}
