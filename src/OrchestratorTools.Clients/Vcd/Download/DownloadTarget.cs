using System.Globalization;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>Where a download is written to, and this machine's record of it: what is somebody else's is never touched without -Force, what is this download's own is gone on with.</summary>
internal sealed class DownloadTarget : IDisposable
{
    private readonly VcdSession _session;
    private readonly IRequestObserver _observer;
    private readonly VcdReceive _receive;
    private readonly object _gate = new();
    private VcdDownloadState? _state;
    private VcdDownloadRecord _record = new();
    private string? _made;

    /// <summary>Makes one.</summary>
    public DownloadTarget(VcdSession session, IRequestObserver observer, VcdReceive receive)
    {
        _session = session;
        _observer = observer;
        _receive = receive;
        Path = System.IO.Path.Combine(System.IO.Path.GetFullPath(receive.Folder), receive is { Kind: not VcdReceiveKind.Media, Format: VcdPackageFormat.Ova } ? receive.FileName + ".ova" : receive.FileName);
    }

    /// <summary>The file, or the folder of an OVF.</summary>
    public string Path { get; }

    /// <summary>True where the record cannot be written any more.</summary>
    public bool IsRecordLost { get; private set; }

    /// <summary>True where an earlier run opened the entity for downloading and did not close it.</summary>
    public bool WasEnabled => _record.Enabled;

    /// <summary>The fingerprint of the package's description, where there is one.</summary>
    public string? Package => _record.Package;

    /// <summary>True where an earlier run of this very download has begun with a file.</summary>
    public bool Knows(string name) => _record.Files.Any(f => f.Name == name);

    private bool IsFolder => _receive is { Kind: not VcdReceiveKind.Media, Format: VcdPackageFormat.Ovf };

    /// <summary>Checks that nothing is in the way, and reads the record. Before anything is asked of the server.</summary>
    public void Open()
    {
        if (IsFolder ? File.Exists(Path) : Directory.Exists(Path))
        {
            throw LocalFile(IsFolder ? $"'{Path}' is a file; a folder is to be made there." : $"'{Path}' is a folder; a file is to be made there.", "Choose another name with -Name or another folder with -Destination.");
        }

        if (!_receive.Force)
        {
            var existing = !IsFolder ? File.Exists(Path) ? Path : null
                : Directory.Exists(Path) ? Local(Path, () => Directory.EnumerateFiles(Path, "*.ovf").FirstOrDefault())
                : null;
            if (existing is not null)
            {
                throw Exists(existing);
            }
        }

        OpenState();
        Recall();
    }

    /// <summary>Makes the folder.</summary>
    public void MakeFolder()
    {
        var folder = IsFolder ? Path : System.IO.Path.GetDirectoryName(Path)!;
        _made = Directory.Exists(folder) ? null : folder;
        Local(folder, () => Directory.CreateDirectory(folder));
    }

    /// <summary>Takes the folder away again where this download has made it and put nothing into it.</summary>
    public void RemoveEmptyFolder()
    {
        try
        {
            if (_made is not null && !Directory.EnumerateFileSystemEntries(_made).Any())
            {
                Directory.Delete(_made);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It does no harm.
        }
    }

    /// <summary>Remembers that the entity is open for downloading by this download, or no longer.</summary>
    public void RememberEnabled(bool enabled)
    {
        if (_record.Enabled != enabled)
        {
            Save(_record with { Enabled = enabled });
        }
    }

    /// <summary>Remembers what package it is. What was received of another one is forgotten where one file holds all of it.</summary>
    public void RememberPackage(string package) => Save(_record with { Package = package });

    /// <summary>Forgets what was received: the place is written anew.</summary>
    public void ForgetFiles() => Save(_record with { Files = [] });

    /// <summary>What is on record of a file.</summary>
    public VcdDownloadedFile FileOf(string name)
        => _record.Files.FirstOrDefault(f => f.Name == name) ?? new VcdDownloadedFile { Name = name };

    /// <summary>Records how far a file is.</summary>
    public void Remember(VcdDownloadedFile file) => Save(_record with { Files = [.. _record.Files.Where(f => f.Name != file.Name), file] });

    /// <summary>True where a file is there already, complete, by this very download.</summary>
    public static bool IsThere(string path, VcdDownloadedFile known) => known.Complete && File.Exists(path) && new FileInfo(path).Length == known.Size;

    /// <summary>Opens NAME.partial: the one that is there where this download goes on with it, else a new one.</summary>
    /// <param name="target">The name that it gets in the end.</param>
    /// <param name="isOurs">True where one that is there is this download's own.</param>
    /// <param name="goOn">True where its contents are of use.</param>
    public PartialFile OpenPartial(string target, bool isOurs, bool goOn)
    {
        var path = target + PartialFile.Suffix;
        return Local(path, () =>
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            if (!File.Exists(path))
            {
                return _receive.OpenPartial(path, FileMode.CreateNew);
            }

            if (goOn)
            {
                return _receive.OpenPartial(path, FileMode.Open);
            }

            if (!_receive.Force && !isOurs)
            {
                throw LocalFile($"'{path}' is there, and this machine has no record of what it is.", "Remove it, or run the command with -Force: it is overwritten.");
            }

            File.Delete(path);
            return _receive.OpenPartial(path, FileMode.CreateNew);
        });
    }

    /// <summary>Gives NAME.partial its name.</summary>
    public void Complete(string target, bool overwrite = false) => Local(target, () =>
    {
        File.Move(target + PartialFile.Suffix, target, overwrite || _receive.Force);
        return true;
    });

    /// <summary>Leaves no NAME.partial behind that holds nothing.</summary>
    public static void Tidy(string target)
    {
        try
        {
            var partial = new FileInfo(target + PartialFile.Suffix);
            if (partial is { Exists: true, Length: 0 })
            {
                partial.Delete();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It does no harm.
        }
    }

    /// <summary>Writes a small file whole.</summary>
    public void WriteWhole(string target, byte[] bytes)
    {
        if (!_receive.Force && File.Exists(target))
        {
            // An earlier run came as far as this.
            if (Local(target, () => new FileInfo(target).Length == bytes.Length && File.ReadAllBytes(target).AsSpan().SequenceEqual(bytes)))
            {
                return;
            }

            throw Exists(target);
        }

        Local(target, () =>
        {
            using (var partial = new PartialFile(target + PartialFile.Suffix, FileMode.Create))
            {
                Write(partial, 0, bytes);
            }

            File.Move(target + PartialFile.Suffix, target, overwrite: _receive.Force);
            return true;
        });
    }

    /// <summary>Writes at a place, and returns the place behind. Throws <see cref="DownloadStorageException"/>.</summary>
    public static long Write(PartialFile partial, long at, ReadOnlySpan<byte> bytes)
    {
        try
        {
            partial.Write(at, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DownloadStorageException(e);
        }

        return at + bytes.Length;
    }

    /// <summary>Warns where the disk seems to be too small. Room that cannot be measured (shares, quotas) says nothing; a full disk is found out by writing.</summary>
    public void WarnOfRoom(long bytes)
    {
        try
        {
            var free = new DriveInfo(System.IO.Path.GetDirectoryName(Path)!).AvailableFreeSpace;
            var missing = bytes - _record.Files.Sum(f => f.Stored);
            if (missing > free)
            {
                _observer.Warning(string.Create(CultureInfo.InvariantCulture, $"'{_receive.Folder}' seems to have room for {free} bytes, and '{_receive.Name}' needs {missing}."));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Unknown.
        }
    }

    /// <summary>The download is complete: there is nothing to remember.</summary>
    public void Forget()
    {
        try
        {
            _state?.Forget();
            _record = _record with { Enabled = false, Files = [] };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is pruned some day.
        }
    }

    /// <summary>An error that names a file that exists.</summary>
    public OrchestratorApiException Exists(string path)
        => LocalFile($"'{path}' exists.", "Choose another name with -Name or another folder with -Destination, or run the command with -Force: it is overwritten.");

    /// <summary>An error of a local file.</summary>
    public OrchestratorApiException LocalFile(string message, string action, Exception? inner = null) => _session.Error(OrchestratorErrorKind.LocalFile, message, action, inner);

    /// <inheritdoc/>
    public void Dispose() => _state?.Dispose();

    private T Local<T>(string path, Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw LocalFile($"'{path}' cannot be written: {e.Message}", "Check the folder and its rights.", e);
        }
    }

    private void OpenState()
    {
        var folder = _receive.StateFolder ?? VcdUploadState.DefaultFolder;
        try
        {
            _state = VcdDownloadState.Open(folder, Path);
        }
        catch (IOException e) when (VcdUploadState.IsLocked(e))
        {
            throw _session.Error(OrchestratorErrorKind.Conflict, $"Another process of this machine is receiving '{Path}'.", "Wait until it has ended.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            IsRecordLost = true;
            _observer.Warning($"The download is not recorded, because '{folder}' cannot be written ({e.Message.TrimEnd('.')}). If it is interrupted, it begins anew.");
        }
    }

    private void Recall()
    {
        var fresh = new VcdDownloadRecord
        {
            Server = _session.Server.GetLeftPart(UriPartial.Authority),
            Entity = VcdAssumptions.UuidOf(_receive.Href) ?? _receive.Href,
            Name = _receive.Name,
            Form = _receive.Kind is VcdReceiveKind.Media ? "Media" : $"{_receive.Format}{(_receive.Identity ? ", identity" : string.Empty)}",
            Path = Path,
        };
        _record = fresh;
        if (_state?.Record is not { } old)
        {
            return;
        }

        if ((old.Server, old.Entity, old.Form) == (fresh.Server, fresh.Entity, fresh.Form))
        {
            _record = old;
        }
        else if (!_receive.Force && old.Files.Count > 0)
        {
            throw LocalFile($"'{Path}' is what an unfinished download of '{old.Name}' ({old.Form}) from {old.Server} is written to.", "Finish that one, choose another name with -Name, or run the command with -Force: it is overwritten.");
        }
    }

    private void Save(VcdDownloadRecord record)
    {
        lock (_gate)
        {
            _record = record;
            if (_state is null || IsRecordLost)
            {
                return;
            }

            try
            {
                _state.Save(record);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The record before this one stays good: what is behind it is received again.
                IsRecordLost = true;
                _observer.Warning($"The download is no longer recorded ({e.Message.TrimEnd('.')}). If it is interrupted, it goes on from the last record.");
            }
        }
    }
}
