using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists organizations.</summary>
[Cmdlet(VerbsCommon.Get, "VcdOrg", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdOrg))]
public sealed class GetVcdOrgCommand : VcdReadingCmdlet
{
    private const string NameSet = "Name";
    private const string IdSet = "Id";

    /// <summary>Names; wildcards are allowed.</summary>
    [Parameter(Position = 0, ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdOrgCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Ids (urn:vcloud:org:UUID or the UUID alone) or addresses.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Id { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (Id is not null)
        {
            foreach (var session in Sessions())
            {
                foreach (var id in Id)
                {
                    CurrentTarget = id;
                    Attempt(() => WriteObject(Await(token => Client(session).GetOrgAsync(id, token))), id);
                }
            }

            return;
        }

        var names = new VcdNames(Name);
        foreach (var session in Sessions())
        {
            Stream(token => Client(session).GetOrgsAsync(names.Patterns, token), org =>
            {
                if (names.Means(org.Name))
                {
                    WriteObject(org);
                }
            });
        }

        WriteNotFound(names, "organization", nameof(Name), string.Empty);
    }
}
