using System.Globalization;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>
/// An OVF package on this machine, as a descriptor with its files or as an OVA, checked before anything is sent: every file that the descriptor refers to is there, has the size that it says, and stays
/// in the package. The files are open until the package is disposed.
/// </summary>
internal sealed class OvfPackage : IDisposable
{
    private readonly IPackageFiles _files;

    private OvfPackage(IPackageFiles files, OvfDescriptor descriptor, IReadOnlyList<OvfPackageFile> content, OvfManifest? manifest, byte[]? certificate)
    {
        _files = files;
        Descriptor = descriptor;
        Files = content;
        Manifest = manifest;
        Certificate = certificate;
    }

    /// <summary>The folder or archive.</summary>
    public string Path => _files.Path;

    /// <summary>The descriptor's name in the package.</summary>
    public string DescriptorName => _files.DescriptorName;

    /// <summary>The descriptor.</summary>
    public OvfDescriptor Descriptor { get; }

    /// <summary>The files that the descriptor refers to, in its order.</summary>
    public IReadOnlyList<OvfPackageFile> Files { get; }

    /// <summary>The manifest; null where there is none.</summary>
    public OvfManifest? Manifest { get; }

    /// <summary>The manifest's signature; null where there is none. It is for the server: nothing here judges it.</summary>
    public byte[]? Certificate { get; }

    /// <summary>Files that the manifest has no digest of.</summary>
    public IReadOnlyList<string> Unlisted { get; private init; } = [];

    /// <summary>Lines of the manifest about files that the descriptor does not refer to.</summary>
    public IReadOnlyList<string> Unreferenced { get; private init; } = [];

    /// <summary>Opens and checks a package. Throws with kind LocalFile where it cannot be sent.</summary>
    /// <param name="path">An OVF descriptor, an OVA, or a folder with one of either.</param>
    public static OvfPackage Open(string path)
    {
        var file = LocalFile.Open(Directory.Exists(path) ? InFolder(path) : path);
        IPackageFiles? files = null;
        try
        {
            files = FilesOf(file);
            return Read(files);
        }
        catch
        {
            files?.Dispose();
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The descriptor to send. Where an ovf:size is missing it is filled in, since servers import no file of unknown size well; but not where the server is going to compare the descriptor with the
    /// manifest: then the bytes that the manifest was made for are sent, and the size is told with each range.
    /// </summary>
    public byte[] DescriptorFor(bool manifestRequired)
    {
        var missing = Descriptor.Files.Where(f => f.Size is null).Select(f => f.Href).ToHashSet(StringComparer.Ordinal);
        return missing.Count == 0 || (manifestRequired && Manifest?.Of(DescriptorName).Any() == true)
            ? Descriptor.Bytes
            : Descriptor.WithSizes(Files.Where(f => missing.Contains(f.Name)).ToDictionary(f => f.Name, f => f.Source.Length, StringComparer.Ordinal));
    }

    public void Dispose() => _files.Dispose();

    private static string InFolder(string path)
    {
        string[] found;
        try
        {
            var all = new DirectoryInfo(path).GetFiles().Select(f => f.FullName).Order(StringComparer.Ordinal).ToArray();
            found = [.. all.Where(f => Is(f, ".ovf"))];
            found = found.Length > 0 ? found : [.. all.Where(f => Is(f, ".ova"))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LocalFile.Error($"The folder '{path}' cannot be read: {e.Message}", inner: e);
        }

        return found switch
        {
            [var one] => one,
            [] => throw LocalFile.Error($"In the folder '{path}' there is no OVF descriptor and no OVA."),
            _ => throw LocalFile.Error($"In the folder '{path}' there are several templates: {string.Join(", ", found.Select(f => $"'{System.IO.Path.GetFileName(f)}'"))}.", "Name the one that is meant with -Path."),
        };

        static bool Is(string file, string extension) => file.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
    }

    private static IPackageFiles FilesOf(LocalFile file)
    {
        if (file.Length == 0)
        {
            throw LocalFile.Error($"'{file.Path}' is empty.");
        }

        var start = file.ReadAll(0, (int)Math.Min(4, file.Length));
        if (start is [0x1F, 0x8B, ..])
        {
            throw LocalFile.Error($"'{file.Path}' is compressed with gzip; an OVA is not.", "Unpack it with gzip first.");
        }

        // UTF-8 with or without a byte order mark, UTF-16 in both orders, blanks before the document.
        if (start is [(byte)'<', ..] or [0xEF, 0xBB, 0xBF, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [(byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n', ..])
        {
            return new FolderFiles(file);
        }

        var isOva = file.Path.EndsWith(".ova", StringComparison.OrdinalIgnoreCase);
        return isOva || OvaArchive.IsArchive(file)
            ? new ArchiveFiles(file)
            : throw LocalFile.Error($"'{file.Path}' is no OVF descriptor and no OVA.", "-Path takes a .ovf or .ova file, or a folder with one. Images are uploaded with Send-VcdMedia.");
    }

    private static OvfPackage Read(IPackageFiles files)
    {
        var descriptor = OvfDescriptor.Read(ReadSmall(files.Find(files.DescriptorName)!, OvfDescriptor.MaximumSize), files.DescriptorName);
        var content = descriptor.Files.Select(f => FileOf(files, f)).ToArray();
        var manifest = files.FindManifest() is { } mf ? OvfManifest.Read(ReadSmall(mf, OvfManifest.MaximumSize), mf.Name) : null;
        var certificate = files.FindCertificate() is { } cert ? ReadSmall(cert, OvfManifest.MaximumSize) : null;
        var unlisted = new List<string>();
        var unreferenced = new List<string>();
        if (manifest is not null)
        {
            // What is in memory is compared at once.
            var own = RangesOf(manifest, files.DescriptorName, 0, descriptor.Bytes.Length);
            foreach (var range in own)
            {
                try
                {
                    range.Compare(descriptor.Bytes);
                }
                catch (ManifestMismatchException e)
                {
                    throw e.ToError("Nothing was sent.");
                }
            }

            if (own.Length == 0)
            {
                unlisted.Add(files.DescriptorName);
            }

            for (var i = 0; i < content.Length; i++)
            {
                content[i] = content[i] with { Digests = DigestsOf(manifest, content[i], unlisted) };
            }

            var known = content.SelectMany(f => f.Parts.Select(p => p.Name).Append(f.Name)).Append(files.DescriptorName).ToHashSet(StringComparer.Ordinal);
            unreferenced.AddRange(manifest.Entries.Select(e => e.Name).Where(n => !known.Contains(n)).Distinct(StringComparer.Ordinal));
        }

        return new OvfPackage(files, descriptor, content, manifest, certificate) { Unlisted = unlisted, Unreferenced = unreferenced };
    }

    private static byte[] ReadSmall(PackagePart part, int most)
        => part.Length <= most
            ? part.File.ReadAll(part.Offset, (int)part.Length)
            : throw LocalFile.Error(string.Create(CultureInfo.InvariantCulture, $"'{part.Name}' has {part.Length} bytes; more than {most} are not read."));

    private static OvfPackageFile FileOf(IPackageFiles files, OvfFile file)
    {
        var parts = PartsOf(files, file);
        var length = parts.Sum(p => p.Length);
        if (file.Size is { } size && size != length)
        {
            throw LocalFile.Error(string.Create(CultureInfo.InvariantCulture, $"'{file.Href}' has {length} bytes, but '{files.DescriptorName}' says that it has {size}."), "The package is damaged, or its descriptor belongs to other files: get it again.");
        }

        var label = System.IO.Path.Combine(files.Path, parts.Count == 1 ? parts[0].Name : file.Href);
        var source = TransferSource.OfParts(parts.Select(p => (p.File, p.Offset, p.Length)).ToArray(), label);
        var start = 0L;
        var named = new List<(string Name, long Start, long Length)>();
        foreach (var part in parts)
        {
            named.Add((part.Name, start, part.Length));
            start += part.Length;
        }

        return new OvfPackageFile(file.Href, source, named);
    }

    private static List<PackagePart> PartsOf(IPackageFiles files, OvfFile file)
    {
        // A reference may be percent-encoded; a file whose name is meant literally comes first.
        var names = new[] { file.Href, Uri.UnescapeDataString(file.Href) };
        if (file.ChunkSize is { } chunk)
        {
            foreach (var name in names)
            {
                var parts = ChunksOf(files, name);
                if (parts.Count > 0)
                {
                    CheckChunks(files, file, parts, chunk);
                    return parts;
                }
            }
        }

        foreach (var name in names)
        {
            if (files.Find(name) is { } part)
            {
                return [part];
            }
        }

        throw LocalFile.Error($"'{files.DescriptorName}' refers to '{(file.ChunkSize is null ? file.Href : ChunkName(file.Href, 0))}', which is not in '{files.Path}'.{(files.MissingHint is { } hint ? " " + hint : string.Empty)}", "All files of a template lie beside its descriptor.");
    }

    private static List<PackagePart> ChunksOf(IPackageFiles files, string name)
    {
        var parts = new List<PackagePart>();
        while (files.Find(ChunkName(name, parts.Count)) is { } part)
        {
            parts.Add(part);
        }

        return parts;
    }

    // DSP0243, ovf:chunkSize: every part but the last one has exactly that length.
    private static void CheckChunks(IPackageFiles files, OvfFile file, List<PackagePart> parts, long chunk)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i].Length != chunk && (i < parts.Count - 1 || parts[i].Length > chunk))
            {
                throw LocalFile.Error(string.Create(CultureInfo.InvariantCulture, $"'{parts[i].Name}' has {parts[i].Length} bytes, but '{files.DescriptorName}' cuts '{file.Href}' into parts of {chunk}."), "The package is damaged: get it again.");
            }
        }

        var expected = file.Size is { } size ? Math.Max(1, (size + chunk - 1) / chunk) : parts.Count;
        if (parts.Count != expected)
        {
            throw LocalFile.Error(string.Create(CultureInfo.InvariantCulture, $"'{file.Href}' is in {parts.Count} parts, but by '{files.DescriptorName}' ({file.Size} bytes in parts of {chunk}) there are {expected}{(parts.Count < expected ? $"; '{ChunkName(file.Href, parts.Count)}' is missing" : string.Empty)}."), "The package is damaged: get it again.");
        }
    }

    private static string ChunkName(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}.{number:D9}");

    private static DigestRange[] RangesOf(OvfManifest manifest, string name, long start, long length)
        => manifest.Of(name).Select(e => new DigestRange(e.Name, start, length, e.Algorithm, e.Digest, manifest.Path)).ToArray();

    // Of a file in chunks a manifest lists the chunks, or the file as it is put together.
    private static DigestRange[] DigestsOf(OvfManifest manifest, OvfPackageFile file, List<string> unlisted)
    {
        var whole = RangesOf(manifest, file.Name, 0, file.Source.Length);
        var parts = file.Parts.Where(p => !string.Equals(p.Name, file.Name, StringComparison.Ordinal)).Select(p => (p.Name, Ranges: RangesOf(manifest, p.Name, p.Start, p.Length))).ToArray();
        if (whole.Length == 0)
        {
            unlisted.AddRange(parts.Length == 0 ? [file.Name] : parts.Where(p => p.Ranges.Length == 0).Select(p => p.Name));
        }

        return [.. whole, .. parts.SelectMany(p => p.Ranges)];
    }
}

/// <summary>A file of a package, ready to be sent.</summary>
/// <param name="Name">ovf:href: its name at the server.</param>
/// <param name="Source">Its bytes.</param>
/// <param name="Parts">The files that it is made of, with their names in the package.</param>
internal sealed record OvfPackageFile(string Name, TransferSource Source, IReadOnlyList<(string Name, long Start, long Length)> Parts)
{
    /// <summary>What the manifest says of it.</summary>
    public IReadOnlyList<DigestRange> Digests { get; init; } = [];
}
