using System.Net;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// A media, template or vApp that is opened for downloading (facts/vcd.md, "Download"): the server is told to put its files out, which is a task, and names the addresses then. What was opened here is closed at the
/// end, so that the server's transfer space is free again.
/// </summary>
internal sealed class EntityDownload
{
    private const string EnableAction = "/action/enableDownload";
    private const string DisableAction = "/action/disableDownload";

    // How long the addresses may be missing after the task has ended.
    private const int Looks = 5;
    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestClosing = TimeSpan.FromSeconds(10);

    private readonly VcdSession _session;
    private readonly IRequestObserver _observer;
    private readonly VcdClient _client;
    private readonly VcdReceive _receive;
    private readonly string[] _rels;
    private IReadOnlyDictionary<string, Uri> _addresses = new Dictionary<string, Uri>(StringComparer.Ordinal);

    /// <summary>Makes one.</summary>
    /// <param name="session">The session.</param>
    /// <param name="tenant">The organization that the session acts for; null: its own.</param>
    /// <param name="observer">Hears about the requests.</param>
    /// <param name="receive">What is received.</param>
    /// <param name="rels">The relations of the addresses that will do, the best first.</param>
    public EntityDownload(VcdSession session, VcdTenant? tenant, IRequestObserver observer, VcdReceive receive, params string[] rels)
    {
        _session = session;
        _observer = observer;
        _client = new VcdClient(session, observer) { Tenant = tenant };
        _receive = receive;
        _rels = rels;
    }

    /// <summary>The entity as it was read last.</summary>
    public XElement Entity { get; private set; } = new("None");

    /// <summary>True where this download opened the entity; set it where an earlier process did.</summary>
    public bool MustClose { get; set; }

    /// <summary>The relation of the address that is used.</summary>
    public string Rel => _rels.First(_addresses.ContainsKey);

    /// <summary>The address that is used. Secret.</summary>
    public Uri Address => _addresses[Rel];

    /// <summary>Reads the entity, and throws with kind WrongState where it cannot be downloaded as it is.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        Entity = await _session.GetXmlAsync(_session.Resolve(_receive.Href), _client.Tenant, _observer, cancellationToken, _receive.Kind switch
        {
            VcdReceiveKind.Media => "Media",
            VcdReceiveKind.Template => "VAppTemplate",
            _ => "VApp",
        }).ConfigureAwait(false);
        ReadAddresses();
        if (Objection() is { } objection)
        {
            throw _session.Error(OrchestratorErrorKind.WrongState, $"{Kind} '{_receive.Name}' {objection.What}.", objection.Action);
        }
    }

    /// <summary>Opens the entity for downloading, unless it is open. <see cref="ReadAsync"/> comes first.</summary>
    /// <param name="opening">Called before the server is told to.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task OpenAsync(Action opening, CancellationToken cancellationToken)
    {
        if (_rels.Any(_addresses.ContainsKey))
        {
            _observer.Verbose($"{Kind} '{_receive.Name}' is open for downloading already.");
            return;
        }

        var link = VcdLink.Of(Entity).FirstOrDefault(l => l.Rel == "enable" && l.Href.EndsWith(EnableAction, StringComparison.OrdinalIgnoreCase))
            ?? throw (_addresses.Count > 0
                ? _session.Error(OrchestratorErrorKind.Validation, $"The server offers no download of {Kind} '{_receive.Name}' {(_receive.Identity ? "with its identity" : "in this form")}.", _receive.Identity ? "Leave -Identity out." : null)
                : _session.Error(OrchestratorErrorKind.Permission, $"The server offers '{_session.User}' no download of {Kind} '{_receive.Name}'.", "Ask for the right to download it; a vApp must be undeployed."));
        var mustClose = MustClose;
        MustClose = true;
        opening();
        OrchestratorApiException? lost = null;
        try
        {
            var change = await _client.ChangeAsync(new VcdChangeRequest(HttpMethod.Post, link.Href, "Run the same command again: it looks whether the download was opened, and goes on if so."), cancellationToken).ConfigureAwait(false);
            await _client.FollowAsync(change.Task, null, _receive.Preparing, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (e.Kind is OrchestratorErrorKind.OutcomeUnknown)
        {
            // Not sent again: the entity tells whether the server took it.
            lost = e;
        }
        catch (OrchestratorApiException)
        {
            // Refused, or the task failed: nothing was opened here.
            MustClose = mustClose;
            throw;
        }

        for (var look = 0; ; look++)
        {
            await ReadAsync(cancellationToken).ConfigureAwait(false);
            if (_rels.Any(_addresses.ContainsKey))
            {
                return;
            }

            var running = VcdXml.Children(VcdXml.Child(Entity, "Tasks"), "Task").Select(t => new VcdTask(t)).FirstOrDefault(t => !t.IsFinished);
            if (running is not null)
            {
                await _client.FollowAsync(running, null, _receive.Preparing, cancellationToken).ConfigureAwait(false);
            }
            else if (look >= Looks)
            {
                throw lost ?? (_addresses.Count > 0
                    ? _session.Error(OrchestratorErrorKind.Validation, $"The server offers no download of {Kind} '{_receive.Name}' {(_receive.Identity ? "with its identity" : "in this form")}.", _receive.Identity ? "Leave -Identity out." : null)
                    : _session.Error(OrchestratorErrorKind.Protocol, $"The server has opened {Kind} '{_receive.Name}' for downloading, but names no address to get it from.", "Try again; its administrator can see whether the transfer storage is full."));
            }
            else
            {
                await Task.Delay(LookPause, _session.Settings.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Gets addresses anew after the server has given up the present ones.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        var old = _addresses.Values.ToHashSet();
        await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (_rels.Any(_addresses.ContainsKey) && !old.Contains(Address))
        {
            return;
        }

        // Still named, but no longer good: what the entity says does not count, the download is opened again.
        _addresses = new Dictionary<string, Uri>(StringComparer.Ordinal);
        await OpenAsync(static () => { }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes what was opened here. Never throws, and takes ten seconds at the most, whatever was cancelled.</summary>
    public async Task CloseAsync()
    {
        if (!MustClose || CloseLink() is not { } address)
        {
            return;
        }

        using var limit = new CancellationTokenSource(LongestClosing);
        try
        {
            // 204, or a task that nobody has to wait for.
            await _client.ChangeAsync(new VcdChangeRequest(HttpMethod.Post, address, "Nothing is to be done."), limit.Token).ConfigureAwait(false);
            MustClose = false;
        }
        catch (Exception e) when (e is OrchestratorApiException or OperationCanceledException)
        {
            var reason = e is OrchestratorApiException ? e.Message.TrimEnd('.') : "no answer in time";
            _observer.Warning($"{Kind} '{_receive.Name}' could not be closed for downloading ({reason}); the server does it by itself after an hour without a byte, if nobody set another time.");
        }
    }

    private string Kind => _receive.Kind switch
    {
        VcdReceiveKind.Media => "Media",
        VcdReceiveKind.Template => "Template",
        _ => "vApp",
    };

    // facts/vcd.md, "OVF upload" 3 and "Media upload": 0 is not made yet, negative could not be made; a vApp must be undeployed.
    private (string What, string Action)? Objection()
    {
        var status = VcdXml.Number(Entity, "status");
        if (_receive.Kind is VcdReceiveKind.VApp && VcdXml.Flag(Entity, "deployed") is true)
        {
            return ("is deployed; only an undeployed vApp can be downloaded", "Stop it and undeploy it first.");
        }

        if (status is < 0)
        {
            return ("has failed: there is nothing to download", "Remove it, and make or upload it again.");
        }

        return status is 0 || VcdXml.Flag(Entity, "ovfDescriptorUploaded") is false
            ? ("is not ready: it is still being uploaded, imported or made", "Wait for its task with Wait-VcdTask, and try again.")
            : null;
    }

    private string? CloseLink()
        => VcdLink.Of(Entity).FirstOrDefault(l => l.Rel == "disable" && l.Href.EndsWith(DisableAction, StringComparison.OrdinalIgnoreCase))?.Href
            ?? (VcdAssumptions.CanCloseDownload(_receive.Kind) ? _receive.Href.TrimEnd('/') + DisableAction : null);

    private void ReadAddresses()
    {
        var found = new Dictionary<string, Uri>(StringComparer.Ordinal);
        var files = VcdXml.Children(VcdXml.Child(Entity, "Files"), "File").SelectMany(VcdLink.Of);
        foreach (var link in VcdLink.Of(Entity).Concat(_receive.Kind is VcdReceiveKind.Media ? files : []))
        {
            if (link.Rel.StartsWith("download:", StringComparison.Ordinal) && VcdXml.Address(link.Href) is { } address)
            {
                // A transfer address is a capability: it must reach no stream, and what lies beside it neither.
                _session.Redactor.Add(address.AbsoluteUri);
                _session.Redactor.Add(address.AbsolutePath is { Length: > 8 } path ? path : null);
                _session.Redactor.Add(DownloadNames.FolderOf(address).AbsolutePath is { Length: > 8 } folder ? folder : null);
                if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
                {
                    throw _session.Error(OrchestratorErrorKind.Protocol, $"The server names a transfer address at {address.Host} that is not HTTPS; the file would cross the network in the clear.", "Its administrator has to set a public address with https.");
                }

                found.TryAdd(link.Rel, address);
            }
        }

        _addresses = found;
    }
}
