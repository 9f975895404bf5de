using System.Security.Cryptography;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>The description of a package at a server: its descriptor, its manifest where there is one, and the files that they name.</summary>
internal sealed class RemotePackage
{
    private RemotePackage(string descriptorName, byte[] descriptor, string manifestName, OvfManifest? manifest, IReadOnlyList<RemoteName> files)
    {
        DescriptorName = descriptorName;
        Descriptor = descriptor;
        ManifestName = manifestName;
        Manifest = manifest;
        Files = files;
        Fingerprint = Convert.ToHexString(SHA256.HashData([.. SHA256.HashData(descriptor), .. SHA256.HashData(manifest?.Bytes ?? [])]));
    }

    /// <summary>The descriptor's file name.</summary>
    public string DescriptorName { get; }

    /// <summary>The descriptor, as it came.</summary>
    public byte[] Descriptor { get; }

    /// <summary>The manifest's file name.</summary>
    public string ManifestName { get; }

    /// <summary>The manifest; null where there is none.</summary>
    public OvfManifest? Manifest { get; }

    /// <summary>The files, in the descriptor's order.</summary>
    public IReadOnlyList<RemoteName> Files { get; }

    /// <summary>Tells one description from another.</summary>
    public string Fingerprint { get; }

    /// <summary>True where an earlier run of the download saw the same description.</summary>
    public bool IsSame { get; set; }

    /// <summary>What the manifest says of a file; of several digests the longest.</summary>
    public OvfDigest? DigestOf(string name) => DigestOf(Manifest, name);

    /// <summary>Gets the description. Throws with kind Protocol where it cannot be used; a name that leaves the folder is such a thing.</summary>
    public static async Task<RemotePackage> ReadAsync(VcdSession session, IRequestObserver observer, TransferDownload transfer, Func<Uri> address, string name, CancellationToken cancellationToken)
    {
        var descriptor = (await transfer.ReceiveSmallAsync(address, optional: false, cancellationToken).ConfigureAwait(false))!;
        var descriptorName = DownloadNames.FileNameOf(Uri.UnescapeDataString(address().Segments[^1].TrimEnd('/')));
        descriptorName = descriptorName.EndsWith(".ovf", StringComparison.OrdinalIgnoreCase) ? descriptorName : descriptorName + ".ovf";
        var manifestName = VcdAssumptions.ManifestOf(descriptorName);
        var files = Understand(session, $"The descriptor of '{name}'", () => DownloadNames.Of(OvfDescriptor.Read(descriptor, descriptorName).Files, descriptorName, manifestName));
        var bytes = await transfer.ReceiveSmallAsync(() => DownloadNames.Beside(address(), manifestName), optional: true, cancellationToken).ConfigureAwait(false);
        if (bytes is not null && bytes.AsSpan().TrimStart(" \t\r\n\uFEFF"u8) is [] or [(byte)'<', ..])
        {
            // A page in place of what does not exist.
            observer.Verbose($"The server has no manifest of '{name}'.");
            bytes = null;
        }

        var manifest = bytes is null ? null : Understand(session, $"The manifest of '{name}'", () => OvfManifest.Read(bytes, manifestName));
        if (DigestOf(manifest, descriptorName) is { } wanted && !DigestSink.Is(wanted, descriptor))
        {
            throw Unusable(session, $"The descriptor of '{name}' is not what the manifest says ({wanted.Algorithm.Name}).", null);
        }

        foreach (var file in files.Where(f => manifest is not null && DigestOf(manifest, f.Name) is null))
        {
            observer.Warning($"The manifest of '{name}' says nothing about '{file.Name}'; only its size is compared.");
        }

        return new RemotePackage(descriptorName, descriptor, manifestName, manifest, files);
    }

    private static OvfDigest? DigestOf(OvfManifest? manifest, string name) => manifest?.Of(name).MaxBy(d => d.Digest.Length);

    // What is read here came from a server: what is wrong with it is no local file's fault.
    private static T Understand<T>(VcdSession session, string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or OrchestratorApiException)
        {
            throw Unusable(session, $"{what} cannot be used: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static OrchestratorApiException Unusable(VcdSession session, string message, Exception? inner)
        => session.Error(OrchestratorErrorKind.Protocol, message, "No file was received. Try again; if it stays so, the package is damaged at the server.", inner);
}
