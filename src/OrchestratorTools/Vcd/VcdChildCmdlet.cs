using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>
/// The base of the cmdlets that list what belongs to something: to an organization always (a provider's session then acts for it; facts/vcd.md, "Login matrix"), and to what <see cref="VcdGetCmdlet{T}.Parents"/> says.
/// </summary>
/// <typeparam name="T">The class of the objects.</typeparam>
public abstract class VcdChildCmdlet<T> : VcdGetCmdlet<T>
    where T : VcdObject
{
    /// <summary>The organizations whose objects are meant: names, wildcards, or objects. A session of the provider acts for them; any other sees its own only.</summary>
    [Parameter(ParameterSetName = NameSet)]
    [ArgumentCompleter(typeof(VcdOrgCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public VcdOrgArgument[]? Organization { get; set; }

    /// <summary>What the objects belong to, from the pipeline.</summary>
    [Parameter(ParameterSetName = NameSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public VcdObject? InputObject { get; set; }

    /// <summary>The classes of <see cref="InputObject"/> besides organizations.</summary>
    private protected virtual IEnumerable<Type> Takes => Parents.Select(p => p.Type);

    /// <summary>Lists what belongs to a piped object that is none of <see cref="VcdGetCmdlet{T}.Parents"/>; false where nothing can.</summary>
    private protected virtual bool ListOf(VcdSession session, VcdObject piped) => false;

    /// <summary>Lists at one server for one organization. Where others' objects are shared with this session's organization, a cmdlet decides otherwise.</summary>
    private protected virtual IEnumerable<VcdTenant?> OrganizationsOf(VcdSession session, VcdOrgArgument[]? wanted)
        => Organizations.Find(session, wanted, Read(session));

    /// <inheritdoc/>
    private protected sealed override void ListAll()
    {
        var piped = InputObject is VcdRecord record ? record.ToObject() : InputObject;
        CurrentTarget = InputObject;
        var parent = piped is null ? null : Parents.FirstOrDefault(p => p.Type.IsInstanceOfType(piped))?.With(piped);
        foreach (var session in Sessions(InputObject))
        {
            if (parent is null && piped is not null and not VcdOrg)
            {
                if (!ListOf(session, piped))
                {
                    var parents = Takes.Prepend(typeof(VcdOrg)).Distinct().Select(VcdEntities.OneOf);
                    throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.Validation, $"-InputObject '{piped.Name}': {VcdEntities.OneOf(piped.GetType())} is nothing that {VcdEntities.OneOf(typeof(T))} belongs to; {string.Join(" or ", parents)} is needed.");
                }

                continue;
            }

            // What was read for an organization is asked about for the same.
            var origin = session.IsProvider && Organization is null && piped is not VcdOrg ? piped?.Tenant : null;
            foreach (var organization in origin is not null ? [origin] : OrganizationsOf(session, piped is VcdOrg own ? [new VcdOrgArgument(own)] : Organization))
            {
                List(session, organization, parent, null);
            }
        }
    }
}
