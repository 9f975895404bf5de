namespace OrchestratorTools.Clients.Vcd;

/// <summary>Where a package's files are: a folder or an archive.</summary>
internal interface IPackageFiles : IDisposable
{
    /// <summary>The descriptor's name.</summary>
    string DescriptorName { get; }

    /// <summary>The folder or archive, for messages.</summary>
    string Path { get; }

    /// <summary>Added to a message that a file is missing; null where there is nothing to add.</summary>
    string? MissingHint { get; }

    /// <summary>A file of the package, open until the package is disposed; null where there is none of the name. Throws with kind LocalFile where it is refused or cannot be opened.</summary>
    PackagePart? Find(string name);

    /// <summary>The manifest; null where there is none.</summary>
    PackagePart? FindManifest();

    /// <summary>The manifest's signature; null where there is none.</summary>
    PackagePart? FindCertificate();
}

/// <summary>A file of a package, in place.</summary>
/// <param name="Name">Its name in the package.</param>
/// <param name="File">The file that holds it.</param>
/// <param name="Offset">Where it begins there.</param>
/// <param name="Length">Bytes.</param>
internal sealed record PackagePart(string Name, LocalFile File, long Offset, long Length);
