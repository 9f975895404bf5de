using System.Globalization;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A segment of a firewall module.</summary>
/// <param name="Index">Its place in the module's list of segments.</param>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name; null where the module does not say.</param>
/// <param name="Metadata">The member <c>segment</c>: what the module says of it.</param>
/// <param name="Outbound">The rules; undefined where there is no such list.</param>
internal sealed record FirewallSegment(int Index, long? Id, string? Name, JsonElement Metadata, JsonElement Outbound)
{
    /// <summary>True when the text is the segment's name or number.</summary>
    public bool Is(string text)
        => string.Equals(Name, text, StringComparison.OrdinalIgnoreCase)
           || (Id is { } id && string.Equals(id.ToString(CultureInfo.InvariantCulture), text, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"'{Name ?? Id?.ToString(CultureInfo.InvariantCulture)}' (id {Id})");
}
