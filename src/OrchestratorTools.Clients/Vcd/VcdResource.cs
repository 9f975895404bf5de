using System.Xml.Linq;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>What has a creation status and may have files: media, vApp templates, vApps, virtual machines, disks (schema type ResourceEntityType).</summary>
public abstract class VcdResource : VcdObject
{
    /// <summary>Reads status and files. An entity has the status as a number, a record as a word.</summary>
    private protected VcdResource(XElement element, string urn, Func<int, string?>? word = null)
        : base(element, urn)
    {
        var text = Take(element, "status");
        if (IsNumber(text) && int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var code))
        {
            StatusCode = code;
            Status = word?.Invoke(code) ?? VcdAssumptions.ResourceStatus(code);
        }
        else
        {
            // A word that stands for two numbers says neither.
            StatusCode = VcdAssumptions.ResourceStatusCode(text) is { } only && word is not null && Enumerable.Range(-1, 32).Any(n => n != only && word(n) == text) ? null : VcdAssumptions.ResourceStatusCode(text);
            Status = text ?? string.Empty;
        }

        Files = VcdFile.Of(element);
    }

    /// <summary>RESOLVED, POWERED_ON, POWERED_OFF and others: the words of the query service. A number that is not known stays one.</summary>
    public string Status { get; }

    /// <summary>The server's number of the status, where it gives one or the word is known. Negative means that it could not be made.</summary>
    public int? StatusCode { get; }

    /// <summary>What is still to be uploaded, or can be downloaded. Its links are capabilities and never shown.</summary>
    internal IReadOnlyList<VcdFile> Files { get; }

    /// <summary>True where it could not be made.</summary>
    internal bool IsFailed => StatusCode is < 0;

    /// <summary>True where its upload has ended, and not well.</summary>
    internal bool IsUploadDead => VcdAssumptions.IsUploadDead(StatusCode);

    /// <summary>True while the server waits for bytes.</summary>
    internal bool WaitsForBytes => !IsUploadDead && !VcdAssumptions.IsImported(StatusCode) && Files.Count > 0;

    /// <summary>True where the server has every byte of the files that it lists.</summary>
    internal bool HasAllBytes => Files.Count > 0 && Files.All(f => f.Size >= 0 && f.BytesTransferred >= f.Size);

    /// <inheritdoc/>
    internal override IEnumerable<Uri> Capabilities() => base.Capabilities().Concat(Files.SelectMany(f => new[] { f.Upload, f.Download }).OfType<Uri>());

    private static bool IsNumber(string? text) => text is not null && text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] is '-');
}
