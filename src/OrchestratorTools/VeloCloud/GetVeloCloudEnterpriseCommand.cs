using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the enterprises that a connection may see: a customer's own one, a partner's, or an operator's.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudEnterprise", DefaultParameterSetName = "Name")]
[OutputType(typeof(VeloCloudEnterprise))]
public sealed class GetVeloCloudEnterpriseCommand : ReadingCmdlet<VeloCloudSession>
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudEnterpriseCompleter))]
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
    {
        var names = new VeloCloudNames(Name);
        var found = new HashSet<long>();
        var failed = false;
        foreach (var session in Sessions())
        {
            CurrentTarget = session.ConnectionName;
            var client = new VeloCloudClient(session, RequestObserver);
            try
            {
                if (Id is null)
                {
                    Stream(token => client.GetEnterprisesAsync(token), enterprise =>
                    {
                        if (names.Takes(enterprise.Name))
                        {
                            WriteObject(enterprise);
                        }
                    });
                }
                else
                {
                    foreach (var id in Id)
                    {
                        if (Await(token => client.GetEnterpriseAsync(id, token)) is { } enterprise)
                        {
                            found.Add(id);
                            WriteObject(enterprise);
                        }
                    }
                }
            }
            catch (OrchestratorApiException e)
            {
                // The other connections may answer.
                failed = true;
                WriteApiError(e);
            }
        }

        // Where a server did not answer, nobody knows what it has.
        if (!failed)
        {
            foreach (var missing in names.Missing())
            {
                WriteError(VeloCloudMessages.NotFound(nameof(Name), missing, "enterprise", "Get-VeloCloudEnterprise without a name lists those that the connection sees"));
            }

            foreach (var missing in Id?.Where(id => !found.Contains(id)) ?? [])
            {
                WriteError(VeloCloudMessages.NotFound(nameof(Id), missing.ToString(CultureInfo.InvariantCulture), "enterprise", "Get-VeloCloudEnterprise without an id lists those that the connection sees"));
            }
        }
    }
}
