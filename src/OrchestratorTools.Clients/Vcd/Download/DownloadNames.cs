using System.Globalization;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>Names of files that a server gives, as names on this machine and as addresses.</summary>
internal static class DownloadNames
{
    private static readonly string[] Reserved = ["CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9"];

    /// <summary>Why a file of a package (folders below are allowed, with /) cannot be written under its name, on whatever system; null where it can.</summary>
    public static string? Problem(string name)
    {
        if ((PackageName.Problem(name) ?? PackageName.Problem(Uri.UnescapeDataString(name))) is { } problem)
        {
            return problem;
        }

        return Array.Exists(name.Split('/'), p => p[^1] is '.' or ' ' || !p.All(IsUsable) || IsReserved(p)) ? "it is a name that not every system takes" : null;
    }

    /// <summary>An item's name as the name of a file or folder: what not every system takes becomes an underscore.</summary>
    public static string FileNameOf(string name)
    {
        var text = string.Concat(name.Select(c => IsUsable(c) && c is not '/' ? c : '_')).TrimEnd('.', ' ').TrimStart(' ');
        return text.Length == 0 || IsReserved(text) ? "_" + text : text;
    }

    /// <summary>The address of a file that a descriptor names, beside the descriptor (facts/vcd.md, "Download").</summary>
    /// <param name="descriptor">The descriptor's address.</param>
    /// <param name="name">The name as it stands in the descriptor.</param>
    public static Uri Beside(Uri descriptor, string name)
    {
        // A name that is percent-encoded already is an address as the OVF standard wants it; any other is encoded here.
        var path = Uri.UnescapeDataString(name) != name ? name : string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
        return new Uri(FolderOf(descriptor), path);
    }

    /// <summary>The folder that an address lies in, without a query.</summary>
    public static Uri FolderOf(Uri address) => new(address, ".");

    /// <summary>
    /// The files of a package as they are received, one that is cut into chunks as its chunks (DSP0243, ovf:chunkSize). Throws <see cref="InvalidDataException"/> where a name cannot be written, or where two are one on
    /// some system.
    /// </summary>
    /// <param name="files">What the descriptor refers to.</param>
    /// <param name="taken">Names that are in use already: the descriptor's own and the manifest's.</param>
    public static IReadOnlyList<RemoteName> Of(IEnumerable<OvfFile> files, params string[] taken)
    {
        var found = files.SelectMany(Chunks).ToArray();
        var names = new HashSet<string>(taken, StringComparer.OrdinalIgnoreCase);
        foreach (var file in found)
        {
            if (Problem(file.Name) is { } problem)
            {
                throw new InvalidDataException($"it refers to '{file.Name}', which is refused: {problem}");
            }

            if (!names.Add(file.Name) || !names.Add(file.Name + PartialFile.Suffix))
            {
                throw new InvalidDataException($"it refers to '{file.Name}', which would be written over another file of the package");
            }
        }

        return found;
    }

    private static IEnumerable<RemoteName> Chunks(OvfFile file)
    {
        if (file.ChunkSize is not { } chunk)
        {
            return [new RemoteName(file.Href, file.Size)];
        }

        var size = file.Size ?? throw new InvalidDataException($"it cuts '{file.Href}' into chunks and does not say how large it is");
        var count = Math.Max(1, (size + chunk - 1) / chunk);
        return count <= 1_000_000
            ? Enumerable.Range(0, (int)count).Select(i => new RemoteName(string.Create(CultureInfo.InvariantCulture, $"{file.Href}.{i:D9}"), Math.Min(chunk, size - (i * chunk))))
            : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"it cuts '{file.Href}' into {count} chunks"));
    }

    private static bool IsUsable(char c) => c is >= ' ' and not '\u007F' and not ('"' or '<' or '>' or '|' or '?' or '*' or ':' or '\\');

    private static bool IsReserved(string part) => Reserved.Contains(part.Split('.')[0].TrimEnd(), StringComparer.OrdinalIgnoreCase);
}

/// <summary>A file of a package that is received as it is.</summary>
/// <param name="Name">The name in the package.</param>
/// <param name="Size">Bytes, where the descriptor says so.</param>
internal sealed record RemoteName(string Name, long? Size);
