using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Gets the roles that users may have.</summary>
[Cmdlet(VerbsCommon.Get, "VeloCloudRole")]
[OutputType(typeof(VeloCloudRole))]
public sealed class GetVeloCloudRoleCommand : ReadingCmdlet<VeloCloudSession>
{
    /// <summary>Names, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VeloCloudRoleCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>The types of users whose roles are meant: ENTERPRISE, MSP, OPERATOR, …; default: the account's own.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VeloCloudUserTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? UserType { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.VeloCloud;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        var names = new VeloCloudNames(Name);
        var failed = false;
        foreach (var session in Sessions())
        {
            CurrentTarget = session.ConnectionName;
            var client = new VeloCloudClient(session, RequestObserver);
            try
            {
                foreach (var type in UserType ?? [VeloCloudAccountScope.UserTypeOf(Await(client.GetTierAsync))])
                {
                    Stream(token => client.GetRolesAsync(type.ToUpperInvariant(), token), role =>
                    {
                        if (names.Takes(role.Name))
                        {
                            WriteObject(role);
                        }
                    });
                }
            }
            catch (OrchestratorApiException e)
            {
                // The other connections may answer.
                failed = true;
                WriteQueued();
                WriteApiError(e);
            }
        }

        foreach (var missing in failed ? [] : names.Missing())
        {
            WriteError(VeloCloudMessages.NotFound(nameof(Name), missing, "role", "Get-VeloCloudRole without a name lists those of a type of users (-UserType)"));
        }
    }
}
