namespace OrchestratorTools.Clients.Vcd;

/// <summary>What is received.</summary>
public enum VcdReceiveKind
{
    /// <summary>An ISO or another image file.</summary>
    Media,

    /// <summary>A vApp template.</summary>
    Template,

    /// <summary>A vApp; it must be undeployed.</summary>
    VApp,
}

/// <summary>The form of a received package.</summary>
public enum VcdPackageFormat
{
    /// <summary>A folder with the descriptor and its files.</summary>
    Ovf,

    /// <summary>One file: a tar of the same.</summary>
    Ova,
}

/// <summary>What is received, where to, and how.</summary>
public sealed record VcdReceive
{
    /// <summary>What it is.</summary>
    public required VcdReceiveKind Kind { get; init; }

    /// <summary>The address of the media, template or vApp.</summary>
    public required string Href { get; init; }

    /// <summary>Its name, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>The folder to write into; made where it is missing.</summary>
    public required string Folder { get; init; }

    /// <summary>The name of the file (media), of the folder (OVF), or of the file without .ova (OVA).</summary>
    public required string FileName { get; init; }

    /// <summary>The form of a template or vApp.</summary>
    public VcdPackageFormat Format { get; init; }

    /// <summary>Takes the identity along: MAC addresses, BIOS UUIDs, the networks' configuration.</summary>
    public bool Identity { get; init; }

    /// <summary>Overwrites files that exist, and unfinished downloads that this machine has no record of.</summary>
    public bool Force { get; init; }

    /// <summary>Where the records of unfinished downloads are; null: the user's own folder (<see cref="VcdUploadState.DefaultFolder"/>).</summary>
    public string? StateFolder { get; init; }

    /// <summary>Told of every state of the task by which the server prepares the download.</summary>
    public Action<VcdTask>? Preparing { get; init; }

    /// <summary>Told often how far it is; from any thread.</summary>
    public Action<VcdTransferProgress>? Progress { get; init; }

    /// <summary>Opens the file that is written; the tests put a disk that fills up here.</summary>
    internal Func<string, FileMode, PartialFile> OpenPartial { get; init; } = static (path, mode) => new PartialFile(path, mode);
}
