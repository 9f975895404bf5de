namespace OrchestratorTools.Clients.Vcd;

/// <summary>Judges the names that a package gives its files (an ovf:href, a member of an archive): none may lead out of the package, on whatever system it is read.</summary>
internal static class PackageName
{
    /// <summary>Why a name is refused; null where it stays in the package.</summary>
    public static string? Problem(string name)
    {
        if (name.Length == 0)
        {
            return "it is empty";
        }

        if (name.Contains("://", StringComparison.Ordinal))
        {
            return "it is an address; only files of the package itself are sent";
        }

        if (name.Any(char.IsControl))
        {
            return "it holds a control character";
        }

        if (name.Contains('\\', StringComparison.Ordinal))
        {
            return "it holds a backslash";
        }

        if (name[0] == '/')
        {
            return "it is an absolute path";
        }

        if (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0]))
        {
            return "it has a drive letter";
        }

        if (name.Contains(':', StringComparison.Ordinal))
        {
            return "it holds a colon";
        }

        var parts = name.Split('/');
        return Array.Exists(parts, p => p == "..") ? "it leads out of the folder"
            : Array.Exists(parts, p => p is "" or ".") ? "a part of it is empty"
            : null;
    }
}
