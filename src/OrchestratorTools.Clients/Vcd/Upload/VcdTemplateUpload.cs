namespace OrchestratorTools.Clients.Vcd;

/// <summary>A template to upload: an OVF with its files, or an OVA.</summary>
public sealed record VcdTemplateUpload : VcdUpload
{
    /// <summary>There has to be a manifest that lists every file; the server gets it too, and checks it once more.</summary>
    public bool RequireManifest { get; init; }

    /// <summary>How many of its files are sent at once.</summary>
    public int ThrottleLimit { get; init; } = 2;
}
