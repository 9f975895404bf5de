using System.Security.AccessControl;
using System.Security.Principal;
using System.Text;
using System.Text.Json;

namespace OrchestratorTools.Vro;

/// <summary>A file that only this user can read (mode 600). It is there, empty, before there is anything to write; when nothing was written, it is removed again.</summary>
internal sealed class SecretFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly bool _isNew;
    private bool _isWritten;

    private SecretFile(string path, FileStream stream, bool isNew)
    {
        Path = path;
        _stream = stream;
        _isNew = isNew;
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>Makes the file. Throws <see cref="IOException"/> where it exists and must not.</summary>
    public static SecretFile Create(string path, bool replaces)
    {
        var isNew = !File.Exists(path);
        if (!isNew && !replaces)
        {
            throw new IOException("the file exists (-Force replaces it).");
        }

        var options = new FileStreamOptions { Mode = isNew ? FileMode.CreateNew : FileMode.Open, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows() && isNew)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var stream = new FileStream(path, options);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                // No inherited rights, and one of its own.
                var security = new FileSecurity();
                security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
                security.AddAccessRule(new FileSystemAccessRule(WindowsIdentity.GetCurrent().User!, FileSystemRights.FullControl, AccessControlType.Allow));
                new FileInfo(path).SetAccessControl(security);
            }
            else
            {
                File.SetUnixFileMode(stream.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        return new SecretFile(path, stream, isNew);
    }

    /// <summary>Writes a value as JSON, in place of what was there.</summary>
    public void Write(JsonElement value)
    {
        _stream.SetLength(0);
        _stream.Write(Encoding.UTF8.GetBytes(value.GetRawText() + Environment.NewLine));
        _stream.Flush(flushToDisk: true);
        _isWritten = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        if (_isNew && !_isWritten)
        {
            File.Delete(Path);
        }
    }
}
