using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Removes keys from the metadata of objects.</summary>
[Cmdlet(VerbsCommon.Remove, "VcdMetadata", DefaultParameterSetName = ObjectSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(VcdTask))]
public sealed class RemoveVcdMetadataCommand : VcdTaskCmdlet
{
    private const string ObjectSet = "Object";
    private const string EntrySet = "Entry";
    private readonly List<Group> _groups = [];

    /// <summary>Whatever has metadata: objects of this system, ids or addresses.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public VcdEntityArgument[] InputObject { get; set; } = [];

    /// <summary>The keys. Letter case counts.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ObjectSet)]
    [ValidateNotNullOrEmpty]
    public string[] Key { get; set; } = [];

    /// <summary>The domain.</summary>
    [Parameter(ParameterSetName = ObjectSet)]
    public VcdMetadataDomain Domain { get; set; }

    /// <summary>Entries, as Get-VcdMetadata returned them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EntrySet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public VcdMetadataEntry[] Entry { get; set; } = [];

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        if (ParameterSetName == EntrySet)
        {
            foreach (var entry in Entry)
            {
                Attempt(() => Note(ClientFor(SessionOf(entry), entry), entry.Href, entry.Name, entry, [entry.Key], entry.Domain), entry);
            }

            return;
        }

        foreach (var argument in InputObject)
        {
            Attempt(() => Note(ClientFor(SessionOf(argument.Source), argument.Source), argument.Href, argument.Text, argument.Item ?? (object)argument.Text, Key, Domain), argument.Item ?? (object)argument.Text);
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        // An object has one task at a time: what is to be removed from one object is one piece of work.
        foreach (var group in _groups)
        {
            Start(group.Client, $"Removing metadata of '{group.Name}'", group.Target, (c, token) => c.RemoveMetadataAsync(group.Href, group.Keys.Distinct().ToArray(), Timeout > 0 ? TimeSpan.FromSeconds(Timeout) : null, token));
        }

        base.OnEnd();
    }

    private void Note(VcdClient client, string href, string name, object target, string[] keys, VcdMetadataDomain domain)
    {
        if (!ShouldProcess($"'{name}' at {client.Session.Server.Authority}", $"Remove metadata {string.Join(", ", keys.Select(k => $"'{k}'"))}; it cannot be undone"))
        {
            return;
        }

        var group = _groups.Find(g => ReferenceEquals(g.Client.Session, client.Session) && g.Client.Tenant == client.Tenant && string.Equals(g.Href, href, StringComparison.Ordinal));
        if (group is null)
        {
            group = new Group(client, href, name, target);
            _groups.Add(group);
        }

        group.Keys.AddRange(keys.Select(k => (k, domain)));
    }

    /// <summary>The keys that one object loses.</summary>
    private sealed record Group(VcdClient Client, string Href, string Name, object Target)
    {
        public List<(string Key, VcdMetadataDomain Domain)> Keys { get; } = [];
    }
}
