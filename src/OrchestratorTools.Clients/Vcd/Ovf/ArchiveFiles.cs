namespace OrchestratorTools.Clients.Vcd;

/// <summary>A package in one archive (OVA).</summary>
internal sealed class ArchiveFiles : IPackageFiles
{
    private readonly LocalFile _file;
    private readonly OvaArchive _archive;

    /// <summary>Reads the archive's headers; the file is disposed with this.</summary>
    public ArchiveFiles(LocalFile file)
    {
        _file = file;
        _archive = OvaArchive.Read(file);

        // DSP0243 wants the descriptor to be the first member. It is taken wherever it stands, as long as there is only one.
        DescriptorName = _archive.Members.Where(m => HasExtension(m, ".ovf")).Select(m => m.Name).ToArray() switch
        {
            [var one] => one,
            [] => throw LocalFile.Error($"'{file.Path}' is no OVA: there is no OVF descriptor in it.{(_archive.HasEndMark ? string.Empty : " " + CutOff)}"),
            var several => throw LocalFile.Error($"'{file.Path}' has {several.Length} OVF descriptors ({string.Join(", ", several.Select(n => $"'{n}'"))}); an OVA has one."),
        };
    }

    private const string CutOff = "The archive has no end mark: it may have been cut short.";

    public string DescriptorName { get; }

    public string Path => _file.Path;

    public string? MissingHint => _archive.HasEndMark ? null : CutOff;

    public PackagePart? Find(string name) => _archive.Members.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.Ordinal)) is { } member ? PartOf(member) : null;

    public PackagePart? FindManifest() => FindBeside(".mf");

    public PackagePart? FindCertificate() => FindBeside(".cert");

    public void Dispose() => _file.Dispose();

    // The one of the descriptor's name; an archive with a single one under another name means that.
    private PackagePart? FindBeside(string extension)
        => Find(System.IO.Path.ChangeExtension(DescriptorName, extension)) ?? (_archive.Members.Where(m => HasExtension(m, extension)).ToArray() is [var one] ? PartOf(one) : null);

    private static bool HasExtension(OvaMember member, string extension) => member.Name.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    private PackagePart PartOf(OvaMember member) => new(member.Name, _file, member.Offset, member.Length);
}
