using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the API tokens of users: what they are, not the tokens themselves.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudApiToken", DefaultParameterSetName = "Name")]
[OutputType(typeof(VeloCloudApiToken))]
public sealed class GetVeloCloudApiTokenCommand : VeloCloudAccountsCmdlet
{
    private readonly HashSet<long> _found = [];
    private VeloCloudNames _names = new(null);

    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0, ParameterSetName = "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudApiTokenCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Ids.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Id")]
    [ValidateNotNullOrEmpty]
    [ValidateRange(1, long.MaxValue)]
    public long[]? Id { get; set; }

    /// <summary>Only the tokens of these users, by name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VeloCloudUserCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Username { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        _names = new VeloCloudNames(Name);
    }

    /// <inheritdoc/>
    private protected override void Read(VeloCloudClient client, VeloCloudAccountScope scope)
    {
        if (Username is null)
        {
            Write(Await(token => client.GetApiTokensAsync(scope, token)));
            return;
        }

        foreach (var name in Username)
        {
            try
            {
                var user = Await(token => VeloCloudUserLookup.NamedAsync(client, scope, nameof(Username), name, token));
                Write(Await(token => client.GetApiTokensAsync(scope, user.Id, token)));
            }
            catch (OrchestratorApiException e)
            {
                Fail(e, name);
            }
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        if (HasFailed)
        {
            return;
        }

        foreach (var missing in _names.Missing())
        {
            WriteError(VeloCloudMessages.NotFound(nameof(Name), missing, "API token", "Get-VeloCloudApiToken without a name lists them; those of enterprises, partners and the operator are listed apart (-Enterprise, -Partner, -Operator)"));
        }

        foreach (var missing in Id?.Where(id => !_found.Contains(id)) ?? [])
        {
            WriteError(VeloCloudMessages.NotFound(nameof(Id), missing.ToString(CultureInfo.InvariantCulture), "API token", "Get-VeloCloudApiToken without an id lists them; those of enterprises, partners and the operator are listed apart (-Enterprise, -Partner, -Operator)"));
        }
    }

    private void Write(IEnumerable<VeloCloudApiToken> tokens)
    {
        foreach (var token in tokens.Where(t => Id is null ? _names.Takes(t.Name) : Id.Contains(t.Id)))
        {
            _found.Add(token.Id);
            WriteObject(token);
        }
    }
}
