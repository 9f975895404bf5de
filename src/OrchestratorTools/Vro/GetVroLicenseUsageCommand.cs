using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vro;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.Vro;

/// <summary>Shows how many licensed instances the server, or scopes of it, use.</summary>
[Cmdlet(VerbsCommon.Get, "VroLicenseUsage")]
[OutputType(typeof(VroLicenseUsage))]
public sealed class GetVroLicenseUsageCommand : ReadingCmdlet<VroSession>
{
    /// <summary>Scopes, as Get-VroScope returns them, or their names (with wildcards) or ids; default: the whole server.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VroScopeCompleter))]
    [ValidateNotNullOrEmpty]
    public PSObject[]? Scope { get; set; }

    /// <inheritdoc/>
    private protected override OrchestratorSystem System => OrchestratorSystem.Vro;

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (Scope is null)
        {
            foreach (var session in Sessions())
            {
                Attempt(() => WriteObject(Await(token => new VroClient(session, RequestObserver).GetLicenseUsageAsync(null, token))), session.ConnectionName);
            }

            return;
        }

        foreach (var scope in Scope)
        {
            CurrentTarget = scope;
            foreach (var session in Sessions(scope.BaseObject is string ? null : scope))
            {
                Attempt(() => Write(new VroClient(session, RequestObserver), scope), scope);
            }
        }
    }

    private void Write(VroClient client, PSObject scope)
    {
        var text = scope.BaseObject is string given ? given : scope.Properties["Id"]?.Value?.ToString() ?? string.Empty;
        var all = new List<VroScope>();
        Stream(token => client.ListScopesAsync(null, token), all.Add);
        var meant = all.Where(s => s.Id.Equals(text, StringComparison.OrdinalIgnoreCase) || s.Name.Equals(text, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (meant.Length == 0 && WildcardPattern.ContainsWildcardCharacters(text))
        {
            var pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase);
            meant = all.Where(s => pattern.IsMatch(s.Name)).ToArray();
        }
        else if (meant.Length == 0)
        {
            throw new OrchestratorApiException(OrchestratorSystem.Vro, OrchestratorErrorKind.NotFound, $"-Scope '{text}': there is no such scope at {client.Session.Server.Authority}; there are: {string.Join(", ", all.Select(s => $"'{s.Name}'"))}.");
        }

        foreach (var one in meant)
        {
            WriteObject(Await(token => client.GetLicenseUsageAsync(one, token)));
        }
    }
}
