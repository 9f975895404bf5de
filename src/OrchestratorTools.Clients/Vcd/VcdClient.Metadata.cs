using System.Globalization;
using System.Xml.Linq;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <content>Metadata of whatever has some (facts/vcd.md, "Metadata").</content>
public sealed partial class VcdClient
{
    private const string MetadataOutcome = "Get-VcdMetadata shows what became of it.";
    private const int LongestKey = 256;

    /// <summary>The metadata of an object.</summary>
    /// <param name="href">The object's address.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<IReadOnlyList<VcdMetadataEntry>> GetMetadataAsync(string href, CancellationToken cancellationToken)
    {
        var entity = await ReadAsync(href, cancellationToken).ConfigureAwait(false);
        var (view, link) = await LinkOfAsync(entity, "down", VcdBodies.MetadataType, cancellationToken).ConfigureAwait(false) ?? throw NoMetadata(entity);
        return Entries(await ReadAsync(link.Href, cancellationToken, "Metadata").ConfigureAwait(false), view, href);
    }

    /// <summary>Sets keys of an object's metadata, all in one request; other keys stay.</summary>
    /// <param name="href">The object's address.</param>
    /// <param name="values">Keys and values: text, long, bool or DateTimeOffset.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="visibility">Who sees them; in the SYSTEM domain only.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<VcdChange> SetMetadataAsync(string href, IReadOnlyList<KeyValuePair<string, object>> values, VcdMetadataDomain domain, VcdMetadataVisibility visibility, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var (key, _) in values)
        {
            CheckKey(key);
        }

        var typed = _session.Version! >= VcdAssumptions.FirstWithTypedMetadata;
        if (!typed && domain is VcdMetadataDomain.System)
        {
            throw _session.Error(OrchestratorErrorKind.Validation, $"The SYSTEM domain needs API {VcdAssumptions.FirstWithTypedMetadata}; this connection speaks {_session.ApiVersion}. Nothing was sent.");
        }

        var entity = await ReadAsync(href, cancellationToken).ConfigureAwait(false);
        var add = await MetadataLinkAsync(entity, m => FindLink(m, "add", VcdBodies.MetadataType), cancellationToken).ConfigureAwait(false)
            ?? throw NotAllowed(entity, "Setting metadata", "It needs the right to change the object; the SYSTEM domain is the provider's.");
        var body = VcdBodies.Metadata(values, domain, visibility, typed);
        return await ChangeAsync(new VcdChangeRequest(HttpMethod.Post, add.Href, MetadataOutcome) { Body = body, ContentType = VcdBodies.MetadataType }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes keys from an object's metadata. Each is a task of its own, and an object has one at a time: all but the last are followed to their end. All keys are looked up before the first is removed.
    /// </summary>
    /// <param name="href">The object's address.</param>
    /// <param name="keys">The keys, each with its domain.</param>
    /// <param name="timeout">The longest wait for each but the last; null: without end.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    /// <returns>What the last key's removal started.</returns>
    public async Task<VcdChange> RemoveMetadataAsync(string href, IReadOnlyList<(string Key, VcdMetadataDomain Domain)> keys, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var entity = await ReadAsync(href, cancellationToken).ConfigureAwait(false);
        var links = new List<VcdLink>();
        VcdMetadataEntry[] present = [];
        foreach (var (key, domain) in keys)
        {
            var link = await MetadataLinkAsync(
                entity,
                m =>
                {
                    present = Entries(m, entity, href);
                    return present.FirstOrDefault(e => e.Key == key && e.Domain == domain)?.Links.FirstOrDefault(l => l.Rel == "remove");
                },
                cancellationToken).ConfigureAwait(false);
            links.Add(link ?? throw NoKey(entity, key, domain, present));
        }

        VcdChange? last = null;
        for (var i = 0; i < links.Count; i++)
        {
            if (last is not null)
            {
                await FollowAsync(last.Task, timeout, null, cancellationToken).ConfigureAwait(false);
            }

            try
            {
                last = await ChangeAsync(new VcdChangeRequest(HttpMethod.Delete, links[i].Href, MetadataOutcome), cancellationToken).ConfigureAwait(false);
            }
            catch (OrchestratorApiException e) when (i > 0)
            {
                throw new OrchestratorApiException(e.System, e.Kind, $"{e.Message} Removed before it: '{string.Join("', '", keys.Take(i).Select(k => k.Key))}'.", e)
                {
                    StatusCode = e.StatusCode,
                    ServerCode = e.ServerCode,
                    ServerMessage = e.ServerMessage,
                    RequestId = e.RequestId,
                    Method = e.Method,
                    Uri = e.Uri,
                    RecommendedAction = e.RecommendedAction,
                };
            }
        }

        return last!;
    }

    /// <summary>
    /// A link of an object's metadata document. What has two views shows its metadata in both; the operations' list has changes of it in the administrators' only, so that one is asked first. Recorded administrators'
    /// views name the users' address of the metadata; then the administrators' is tried before it.
    /// </summary>
    private async Task<VcdLink?> MetadataLinkAsync(XElement entity, Func<XElement, VcdLink?> choose, CancellationToken cancellationToken)
    {
        var adminFirst = VcdXml.Text(entity, "href") is { } href && VcdAssumptions.AdminAddress(href) is not null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var own in new[] { !adminFirst, adminFirst })
        {
            var view = own ? entity : await OtherViewAsync(entity, cancellationToken).ConfigureAwait(false);
            if (view is null || FindLink(view, "down", VcdBodies.MetadataType) is not { } down)
            {
                continue;
            }

            foreach (var address in new[] { VcdAssumptions.AdminAddress(down.Href), down.Href })
            {
                if (address is not null && seen.Add(address) && await ReadIfAllowedAsync(address, must: address == down.Href, cancellationToken).ConfigureAwait(false) is { } metadata && choose(metadata) is { } link)
                {
                    return link;
                }
            }
        }

        return seen.Count > 0 ? null : throw NoMetadata(entity);
    }

    /// <summary>A metadata document; null where this user may not see it, unless it must be there.</summary>
    private async Task<XElement?> ReadIfAllowedAsync(string address, bool must, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(address, cancellationToken, "Metadata").ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (!must && e.Kind is (OrchestratorErrorKind.NotFound or OrchestratorErrorKind.Permission))
        {
            return null;
        }
    }

    private VcdMetadataEntry[] Entries(XElement metadata, XElement entity, string href)
        => VcdXml.Children(metadata, "MetadataEntry").Select(e => Own(new VcdMetadataEntry(e, NameOf(entity), VcdXml.Text(entity, "href") ?? href))).ToArray();

    private OrchestratorApiException NoMetadata(XElement entity)
        => _session.Error(OrchestratorErrorKind.Validation, $"'{NameOf(entity)}' ({entity.Name.LocalName}) has no metadata, or none for '{_session.User}': the server names no way to it.", "Organizations, virtual data centers, catalogs and their items, media, vApp templates, vApps, virtual machines, disks, networks and storage profiles have metadata.");

    private OrchestratorApiException NoKey(XElement entity, string key, VcdMetadataDomain domain, VcdMetadataEntry[] present)
    {
        var word = domain.ToString().ToUpperInvariant();
        return present.Any(e => e.Key == key && e.Domain == domain)
            ? NotAllowed(entity, $"Removing metadata '{key}'", "It needs the right to change the object; the SYSTEM domain is the provider's.")
            : _session.Error(OrchestratorErrorKind.NotFound, $"'{NameOf(entity)}' has no metadata '{key}' in the domain {word}{(present.Length > 0 ? $"; it has {string.Join(", ", present.Take(20).Select(e => $"'{e.Key}' ({e.Domain.ToString().ToUpperInvariant()})"))}" : string.Empty)}. Nothing was removed.", "Keys are case-sensitive; Get-VcdMetadata shows them.");
    }

    // The guide for the API lists what a key may not be: it stands in addresses, where such parts mean folders.
    private void CheckKey(string key)
    {
        var fault = key.Length == 0 ? "is empty"
            : key.Length > LongestKey ? string.Create(CultureInfo.InvariantCulture, $"has {key.Length} characters; {LongestKey} are the most")
            : key.Contains(';', StringComparison.Ordinal) ? "holds a semicolon"
            : key.Contains("/../", StringComparison.Ordinal) || key.Contains("/./", StringComparison.Ordinal) ? "holds '/../' or '/./'"
            : key.StartsWith("./", StringComparison.Ordinal) || key.StartsWith("../", StringComparison.Ordinal) ? "begins with './' or '../'"
            : key.EndsWith("/.", StringComparison.Ordinal) || key.EndsWith("/..", StringComparison.Ordinal) ? "ends with '/.' or '/..'"
            : null;
        if (fault is not null)
        {
            throw _session.Error(OrchestratorErrorKind.Validation, $"The metadata key '{key}' {fault}. Nothing was sent.", "Choose another key.");
        }
    }
}
