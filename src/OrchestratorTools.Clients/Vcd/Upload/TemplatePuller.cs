using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>Begins an upload whose bytes the server fetches itself.</summary>
internal sealed class TemplatePuller(VcdClient client, VcdSession session, VcdTemplatePull pull)
{
    public async Task<VcdResource> RunAsync(CancellationToken cancellationToken)
    {
        if (!VcdXml.IsWritable(pull.Name) || !VcdXml.IsWritable(pull.Description ?? string.Empty))
        {
            throw session.Error(OrchestratorErrorKind.Validation, "The name or the description holds a character that XML cannot hold.", "Leave out control characters.");
        }

        if (session.Version! < VcdAssumptions.FirstWithCatalogUpload)
        {
            throw session.Error(OrchestratorErrorKind.Validation, $"API {session.ApiVersion} fetches nothing itself; that came with {VcdAssumptions.FirstWithCatalogUpload}.", "Upload the files with -Path.");
        }

        // A password in the address is for the server alone.
        if (pull.Source.UserInfo is { Length: > 0 } secret)
        {
            session.Redactor.Add(secret);
            session.Redactor.Add(Uri.UnescapeDataString(secret[(secret.IndexOf(':', StringComparison.Ordinal) + 1)..]));
        }

        var upload = new VcdTemplateUpload { Path = string.Empty, CatalogHref = pull.CatalogHref, CatalogName = pull.CatalogName, Name = pull.Name, StorageProfileHref = pull.StorageProfileHref, VdcHref = pull.VdcHref };
        var place = await UploadPlace.FindAsync(session, client, upload, VcdTransferKind.Template, cancellationToken).ConfigureAwait(false);
        if (await place.FindExistingAsync(null, cancellationToken).ConfigureAwait(false) is { } found)
        {
            var existing = await place.ReadAsync(found.Href, cancellationToken).ConfigureAwait(false);
            if (!existing.IsUploadDead && !existing.WaitsForBytes)
            {
                throw place.Conflict($"already has an item '{pull.Name}'", "Choose another name with -Name, or remove the item first.");
            }

            if (!pull.Force)
            {
                throw place.Conflict($"has {(existing.IsUploadDead ? "the remains of a failed upload" : "an unfinished upload")} under the name '{pull.Name}'", "Run the command with -Force: it removes that and begins anew.");
            }

            await client.RemoveUploadAsync(existing, found.ItemHref, cancellationToken).ConfigureAwait(false);
        }

        var href = await place.CreateAsync(profile => VcdBodies.Template(pull.Name, pull.Description, pull.RequireManifest, pull.Source, profile), cancellationToken).ConfigureAwait(false);
        return await place.ReadAsync(href, cancellationToken).ConfigureAwait(false);
    }
}
