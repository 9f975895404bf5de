using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;
using OrchestratorTools.Pipeline;

namespace OrchestratorTools.VeloCloud;

/// <summary>Changes object groups: name, description, and what is in them.</summary>
[Cmdlet(VerbsCommon.Set, "VeloCloudObjectGroup", SupportsShouldProcess = true)]
[OutputType(typeof(VeloCloudObjectGroup))]
public sealed class SetVeloCloudObjectGroupCommand : VeloCloudObjectGroupChangingCmdlet
{
    /// <summary>Another name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NewName { get; set; }

    /// <summary>Another description.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>All addresses and nets that the group is to have.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Address { get; set; }

    /// <summary>All ports that the group is to have.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Port { get; set; }

    /// <summary>Returns the group as it is after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void OnBegin()
    {
        base.OnBegin();
        if (NewName is null && Description is null && Address is null && Port is null)
        {
            ThrowTerminatingError(ErrorRecords.From(
                new OrchestratorApiException(System, OrchestratorErrorKind.Validation, "There is nothing to change: none of -NewName, -Description, -Address and -Port is given."), null));
        }

        if (Address is not null && Port is not null)
        {
            ThrowBadParameter(nameof(Port), string.Join(", ", Port), "a group has addresses or ports, not both.");
        }
    }

    /// <inheritdoc/>
    private protected override void OnGroup(VeloCloudClient client, VeloCloudEnterpriseTarget enterprise, VeloCloudObjectGroup group)
    {
        if (Data(group, out var data) && ShouldProcess($"{group.Type} '{group.Name}' of {enterprise} at {enterprise.Session.Server.Authority}", $"Change ({string.Join("; ", Changes(group))})"))
        {
            Await(token => client.UpdateObjectGroupAsync(group, NewName, Description, data, enterprise.Id, token));
            if (PassThru)
            {
                WriteObject(Await(token => client.GetObjectGroupAsync(group.Id, enterprise.Id, enterprise.Name, token)));
            }
        }
    }

    // False where what was given is no content of such a group: the error is written.
    private bool Data(VeloCloudObjectGroup group, out string? data)
    {
        data = null;
        if (Address is null && Port is null)
        {
            return true;
        }

        var (parameter, given, type, hint) = Address is not null
            ? (nameof(Address), Address, ObjectGroupData.AddressType, VeloCloudObjectGroups.AddressHint)
            : (nameof(Port), Port!, ObjectGroupData.PortType, VeloCloudObjectGroups.PortHint);
        if (group.Type != type)
        {
            WriteError(ErrorRecords.BadParameter(ErrorPrefix, parameter, group.Name, $"this group is a {group.Type}."));
            return false;
        }

        data = Address is not null ? ObjectGroupData.FromAddresses(given, out var wrong) : ObjectGroupData.FromPorts(given, out wrong);
        if (data is null)
        {
            WriteError(ErrorRecords.BadParameter(ErrorPrefix, parameter, wrong, hint));
            return false;
        }

        return true;
    }

    private IEnumerable<string> Changes(VeloCloudObjectGroup group)
    {
        if (NewName is not null)
        {
            yield return $"name '{NewName}'";
        }

        if (Description is not null)
        {
            yield return "description";
        }

        if ((Address ?? Port) is { } given)
        {
            var added = given.Except(group.Members, StringComparer.OrdinalIgnoreCase).ToArray();
            var removed = group.Members.Except(given, StringComparer.OrdinalIgnoreCase).ToArray();
            yield return added.Length + removed.Length == 0 ? "the same content" : string.Join(", ", added.Select(a => "+ " + a).Concat(removed.Select(r => "- " + r)));
        }
    }
}
