using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Shares catalogs and vApps with users, groups, organizations or everyone, or ends that. What is not named stays as it is.</summary>
[Cmdlet(VerbsCommon.Set, "VcdAccess", DefaultParameterSetName = UserSet, SupportsShouldProcess = true)]
[OutputType(typeof(VcdAccess))]
public sealed class SetVcdAccessCommand : VcdChangingCmdlet
{
    private const string UserSet = "User";
    private const string GroupSet = "Group";
    private const string OrganizationSet = "Organization";
    private const string EveryoneSet = "Everyone";

    /// <summary>Catalogs and vApps: what Get-VcdCatalog or Get-VcdVApp returned, ids or addresses.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public VcdEntityArgument[] InputObject { get; set; } = [];

    /// <summary>Users: names, ids, or what Get-VcdUser returned.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UserSet)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdUser>))]
    [ValidateNotNullOrEmpty]
    public VcdUserArgument[] ToUser { get; set; } = [];

    /// <summary>Groups: names, ids, or what Get-VcdGroup returned.</summary>
    [Parameter(Mandatory = true, ParameterSetName = GroupSet)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdGroup>))]
    [ValidateNotNullOrEmpty]
    public VcdGroupArgument[] ToGroup { get; set; } = [];

    /// <summary>Other organizations: names, or what Get-VcdOrg returned. Catalogs only.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OrganizationSet)]
    [ArgumentCompleter(typeof(VcdOrgCompleter))]
    [ValidateNotNullOrEmpty]
    public VcdOrgArgument[] ToOrganization { get; set; } = [];

    /// <summary>Everybody of the organization.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EveryoneSet)]
    public SwitchParameter ToEveryone { get; set; }

    /// <summary>ReadOnly, Change or FullControl; None ends the sharing with those that are named.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public VcdAccessLevel Level { get; set; }

    /// <summary>Returns with whom the object is shared then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in InputObject)
        {
            Attempt(() => Share(argument), argument.Item ?? (object)argument.Text);
        }
    }

    private void Share(VcdEntityArgument argument)
    {
        if (argument.Item is not null and not VcdCatalog and not VcdVApp)
        {
            throw NotOfUse(argument.Item, "only catalogs and vApps are shared");
        }

        if (argument.Item is VcdVApp && ParameterSetName == OrganizationSet)
        {
            throw NotOfUse(argument.Item, "only catalogs are shared with other organizations");
        }

        var session = SessionOf(argument.Source);
        var client = ClientFor(session, argument.Source);
        var subjects = Subjects(client, argument);
        var whom = ParameterSetName == EveryoneSet ? "everyone" : string.Join(", ", subjects.Select(s => $"'{s.Name ?? s.Href}'"));
        var action = Level is VcdAccessLevel.None ? $"End the sharing with {whom}" : $"Share with {whom}: {Level}";
        if (!ShouldProcess($"{(argument.Item is null ? string.Empty : VcdEntities.TitleOf(argument.Item.GetType()) + " ")}'{argument.Text}' at {session.Server.Authority}", action))
        {
            return;
        }

        var change = ParameterSetName == EveryoneSet ? new VcdAccessChange { Everyone = Level } : new VcdAccessChange { Subjects = subjects, Level = Level };
        var grants = Await(token => client.SetAccessAsync(argument.Href, change, token));
        if (PassThru)
        {
            WriteObject(grants, enumerateCollection: true);
        }
    }

    private VcdAccessSubject[] Subjects(VcdClient client, VcdEntityArgument argument)
    {
        // Users of two organizations may have one name: the one of the object's organization is meant.
        var home = argument.Item is null ? null : VcdEntities.OrganizationOf(argument.Item);
        bool AtHome(VcdObject subject) => home is not null && VcdObject.IsSame(VcdEntities.OrganizationOf(subject), home);
        return ParameterSetName switch
        {
            UserSet => ToUser.Select(u => Await(token => VcdLookup.OneAsync(client, u, nameof(ToUser), [], AtHome, token))).Select(u => new VcdAccessSubject(u.Href, VcdAssumptions.UserType, u.Name)).ToArray(),
            GroupSet => ToGroup.Select(g => Await(token => VcdLookup.OneAsync(client, g, nameof(ToGroup), [], AtHome, token))).Select(g => new VcdAccessSubject(g.Href, VcdAssumptions.GroupType, g.Name)).ToArray(),
            OrganizationSet => ToOrganization.Select(o => OrganizationSubject(client, argument, o)).ToArray(),
            _ => [],
        };
    }

    // Another organization may be named that this user may not see: its id is enough. Who acts for one organization does not see the others.
    private VcdAccessSubject OrganizationSubject(VcdClient client, VcdEntityArgument argument, VcdOrgArgument organization)
    {
        if (organization.Organization is null && VcdText.IsAddress(organization.Name))
        {
            return client.OrganizationSubject(organization.Name, null);
        }

        var found = Await(token => VcdLookup.OrganizationAsync(Client(client.Session), client.Session, organization, nameof(ToOrganization), token));
        return client.OrganizationSubject(found.Href, found.Name);
    }
}
