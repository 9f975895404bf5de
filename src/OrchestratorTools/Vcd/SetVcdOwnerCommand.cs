using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Gives catalogs, vApps, vApp templates and disks another owner.</summary>
[Cmdlet(VerbsCommon.Set, "VcdOwner", SupportsShouldProcess = true)]
[OutputType(typeof(VcdOwner))]
public sealed class SetVcdOwnerCommand : VcdChangingCmdlet
{
    /// <summary>What gets another owner: objects of this system, ids or addresses.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public VcdEntityArgument[] InputObject { get; set; } = [];

    /// <summary>The new owner: a name, an id, or what Get-VcdUser returned. A user of the same organization.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdUser>))]
    [ValidateNotNull]
    public VcdUserArgument? Owner { get; set; }

    /// <summary>Returns who owns it then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        foreach (var argument in InputObject)
        {
            Attempt(() => Give(argument), argument.Item ?? (object)argument.Text);
        }
    }

    private void Give(VcdEntityArgument argument)
    {
        var session = SessionOf(argument.Source, Owner!.Source);
        var client = ClientFor(session, argument.Source, Owner.Source);
        var home = argument.Item is null ? null : VcdEntities.OrganizationOf(argument.Item);
        var owner = Await(token => VcdLookup.OneAsync(client, Owner, nameof(Owner), [], u => home is not null && VcdObject.IsSame(u.OrganizationHref, home), token));
        if (!ShouldProcess($"{(argument.Item is null ? string.Empty : VcdEntities.TitleOf(argument.Item.GetType()) + " ")}'{argument.Text}' at {session.Server.Authority}", $"Give to '{owner.Name}'"))
        {
            return;
        }

        var now = Await(token => client.SetOwnerAsync(argument.Href, owner.Href, owner.Name, token));
        if (PassThru)
        {
            WriteObject(now);
        }
    }
}
