namespace OrchestratorTools.Clients.Vcd;

/// <summary>Names of files that a server gives: a name that leaves the folder, on whatever system, is refused.</summary>
internal static class DownloadNames
{
    private static readonly string[] Reserved = ["CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9"];

    /// <summary>What is wrong with the name of a file in a package (folders below are allowed, with /); null where nothing is.</summary>
    public static string? Objection(string name)
    {
        // The name is a part of an address too: what it says there after decoding must be as harmless.
        var decoded = Uri.UnescapeDataString(name);
        return ObjectionTo(name) ?? (decoded == name ? null : ObjectionTo(decoded));
    }

    /// <summary>An item's name as the name of a file or folder: what no system takes becomes an underscore.</summary>
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

    private static string? ObjectionTo(string name)
    {
        if (name.Length == 0)
        {
            return "it is empty";
        }

        if (name.Contains('\\', StringComparison.Ordinal))
        {
            return "it holds a backslash";
        }

        if (name.Contains(':', StringComparison.Ordinal))
        {
            return "it names a drive or another server";
        }

        if (name[0] is '/')
        {
            return "it is absolute";
        }

        foreach (var part in name.Split('/'))
        {
            if (part is "..")
            {
                return "it leaves the folder";
            }

            if (part.Length == 0 || part[^1] is '.' or ' ' || !part.All(IsUsable) || IsReserved(part))
            {
                return "it is no name that every system takes";
            }
        }

        return null;
    }

    private static bool IsUsable(char c) => c is >= ' ' and not '\u007F' and not ('"' or '<' or '>' or '|' or '?' or '*' or ':' or '\\');

    private static bool IsReserved(string part) => Reserved.Contains(part.Split('.')[0].TrimEnd(), StringComparer.OrdinalIgnoreCase);
}
