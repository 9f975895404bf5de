using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets users: of enterprises, of a partner, of the operator.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudUser", DefaultParameterSetName = "Name")]
[OutputType(typeof(VeloCloudUser))]
public sealed class GetVeloCloudUserCommand : VeloCloudAccountsCmdlet
{
    private readonly HashSet<long> _found = [];
    private VeloCloudNames _names = new(null);

    /// <summary>The names to log in with, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudUserCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Ids.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Id")]
    [ValidateNotNullOrEmpty]
    [ValidateRange(1, long.MaxValue)]
    public long[]? Id { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _names = new VeloCloudNames(Name);
    }

    /// <inheritdoc/>
    private protected override void Read(VeloCloudClient client, VeloCloudAccountScope scope)
        => Stream(token => client.GetUsersAsync(scope, token), user =>
        {
            if (Id is null ? _names.Takes(user.Username) : Id.Contains(user.Id))
            {
                _found.Add(user.Id);
                WriteObject(user);
            }
        });

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        if (HasFailed)
        {
            return;
        }

        foreach (var missing in _names.Missing())
        {
            WriteError(VeloCloudMessages.NotFound(nameof(Name), missing, "user", "Get-VeloCloudUser without a name lists them; users of enterprises, partners and the operator are listed apart (-Enterprise, -Partner, -Operator)"));
        }

        foreach (var missing in Id?.Where(id => !_found.Contains(id)) ?? [])
        {
            WriteError(VeloCloudMessages.NotFound(nameof(Id), missing.ToString(CultureInfo.InvariantCulture), "user", "Get-VeloCloudUser without an id lists them; users of enterprises, partners and the operator are listed apart (-Enterprise, -Partner, -Operator)"));
        }
    }
}
