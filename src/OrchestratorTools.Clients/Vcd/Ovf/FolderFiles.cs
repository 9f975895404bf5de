namespace OrchestratorTools.Clients.Vcd;

/// <summary>A package whose files lie side by side in a folder.</summary>
internal sealed class FolderFiles : IPackageFiles
{
    private readonly Dictionary<string, LocalFile> _open = new(StringComparer.Ordinal);

    /// <summary>The package of a descriptor.</summary>
    /// <param name="descriptor">The descriptor, open already.</param>
    public FolderFiles(LocalFile descriptor)
    {
        DescriptorName = System.IO.Path.GetFileName(descriptor.Path);
        Path = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(descriptor.Path))!;
        _open.Add(DescriptorName, descriptor);
    }

    public string DescriptorName { get; }

    public string Path { get; }

    public string? MissingHint => null;

    public PackagePart? Find(string name)
    {
        if (_open.TryGetValue(name, out var known))
        {
            return Whole(name, known);
        }

        var path = Path;
        foreach (var part in name.Split('/'))
        {
            path = System.IO.Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is { } target)
            {
                throw LocalFile.Error($"'{path}' is a link to '{target}', which is refused: a package may not lead out of its folder.", "If the file is the right one, put it into the folder itself.");
            }
        }

        if (!File.Exists(path))
        {
            return null;
        }

        var file = LocalFile.Open(path);
        _open.Add(name, file);
        return Whole(name, file);
    }

    // DSP0243: the manifest and its signature have the descriptor's name, but for the extension.
    public PackagePart? FindManifest() => Find(System.IO.Path.ChangeExtension(DescriptorName, ".mf"));

    public PackagePart? FindCertificate() => Find(System.IO.Path.ChangeExtension(DescriptorName, ".cert"));

    public void Dispose()
    {
        foreach (var file in _open.Values)
        {
            file.Dispose();
        }
    }

    private static PackagePart Whole(string name, LocalFile file) => new(name, file, 0, file.Length);
}
