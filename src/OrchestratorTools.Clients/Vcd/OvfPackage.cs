using System.Security.Cryptography;
using System.Xml;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>The description of a package at a server: its descriptor, its manifest where there is one, and the files that they name.</summary>
internal sealed class OvfPackage
{
    private OvfPackage(string descriptorName, byte[] descriptor, string manifestName, byte[]? manifest, OvfDigests? digests, IReadOnlyList<OvfReference> files)
    {
        DescriptorName = descriptorName;
        Descriptor = descriptor;
        ManifestName = manifestName;
        Manifest = manifest;
        Digests = digests;
        Files = files;
        Fingerprint = Convert.ToHexString(SHA256.HashData([.. SHA256.HashData(descriptor), .. SHA256.HashData(manifest ?? [])]));
    }

    /// <summary>The descriptor's file name.</summary>
    public string DescriptorName { get; }

    /// <summary>The descriptor, as it came.</summary>
    public byte[] Descriptor { get; }

    /// <summary>The manifest's file name.</summary>
    public string ManifestName { get; }

    /// <summary>The manifest, as it came; null where there is none.</summary>
    public byte[]? Manifest { get; }

    /// <summary>What the manifest says.</summary>
    public OvfDigests? Digests { get; }

    /// <summary>The files, in the descriptor's order.</summary>
    public IReadOnlyList<OvfReference> Files { get; }

    /// <summary>Tells one description from another.</summary>
    public string Fingerprint { get; }

    /// <summary>True where an earlier run of the download saw the same description.</summary>
    public bool IsSame { get; set; }

    /// <summary>Gets the description. Throws with kind Protocol where it cannot be used; a name that leaves the folder is such a thing.</summary>
    public static async Task<OvfPackage> ReadAsync(VcdSession session, IRequestObserver observer, TransferDownload transfer, Func<Uri> address, string name, CancellationToken cancellationToken)
    {
        var descriptor = (await transfer.ReceiveSmallAsync(address, optional: false, cancellationToken).ConfigureAwait(false))!;
        var descriptorName = DownloadNames.FileNameOf(Uri.UnescapeDataString(address().Segments[^1].TrimEnd('/')));
        descriptorName = descriptorName.EndsWith(".ovf", StringComparison.OrdinalIgnoreCase) ? descriptorName : descriptorName + ".ovf";
        var manifestName = VcdAssumptions.ManifestOf(descriptorName);
        IReadOnlyList<OvfReference> files;
        try
        {
            using var stream = new MemoryStream(descriptor, writable: false);
            var envelope = SafeXml.Load(stream);
            files = envelope.Name.LocalName == "Envelope" ? OvfReferences.Read(envelope, descriptorName, manifestName) : throw new InvalidDataException($"it is a document '{envelope.Name.LocalName}'");
        }
        catch (Exception e) when (e is XmlException or InvalidDataException)
        {
            throw Unusable(session, $"The descriptor of '{name}' cannot be used: {e.Message.TrimEnd('.')}.", e);
        }

        var manifest = await transfer.ReceiveSmallAsync(() => DownloadNames.Beside(address(), manifestName), optional: true, cancellationToken).ConfigureAwait(false);
        OvfDigests? digests;
        try
        {
            digests = manifest is null ? null : OvfDigests.Read(manifest);
        }
        catch (InvalidDataException e)
        {
            throw Unusable(session, $"The manifest of '{name}' cannot be used: {e.Message}.", e);
        }

        if (digests is { Count: 0 })
        {
            observer.Warning($"What the server sends as the manifest of '{name}' is none; the files are compared by size only.");
            (manifest, digests) = (null, null);
        }

        if (digests?.Of(descriptorName) is { } wanted && !wanted.IsOf(descriptor))
        {
            throw Unusable(session, $"The descriptor of '{name}' is not what the manifest says ({wanted.Algorithm.Name}).", null);
        }

        foreach (var file in files.Where(f => digests is not null && digests.Of(f.Name) is null))
        {
            observer.Warning($"The manifest of '{name}' says nothing about '{file.Name}'; it is compared by size only.");
        }

        return new OvfPackage(descriptorName, descriptor, manifestName, manifest, digests, files);
    }

    private static OrchestratorApiException Unusable(VcdSession session, string message, Exception? inner)
        => session.Error(OrchestratorErrorKind.Protocol, message, "No file was received. Try again; if it stays so, the package is damaged at the server.", inner);
}
