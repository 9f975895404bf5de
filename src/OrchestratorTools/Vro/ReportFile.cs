using System.Text;

namespace OrchestratorTools.Vro;

/// <summary>Writes a file whole or not at all: under another name beside it, then renamed.</summary>
internal static class ReportFile
{
    /// <summary>Writes it. Throws <see cref="IOException"/> where it exists and must not be replaced.</summary>
    public static FileInfo Write(string path, string text, bool replaces)
    {
        var half = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(half, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            File.Move(half, path, replaces);
        }
        catch
        {
            File.Delete(half);
            throw;
        }

        return new FileInfo(path);
    }
}
