using System.Diagnostics.CodeAnalysis;

namespace OrchestratorTools.Clients.Vcd;

/// <summary>A metadata entry as a field of a search: <c>metadata:KEY</c>, or <c>metadata@SYSTEM:KEY</c> in the domain of the provider (facts/vcd.md, "Query").</summary>
/// <param name="IsSystem">True of the provider's domain.</param>
/// <param name="Key">The key.</param>
public sealed record VcdMetadataField(bool IsSystem, string Key)
{
    private const string General = "metadata:";
    private const string System = "metadata@SYSTEM:";

    internal string Prefix => IsSystem ? System : General;

    /// <summary>The field as it is written.</summary>
    public override string ToString() => Prefix + Key;

    /// <summary>Reads a field; false where it is none of metadata.</summary>
    public static bool TryParse(string field, [NotNullWhen(true)] out VcdMetadataField? metadata)
    {
        ArgumentNullException.ThrowIfNull(field);
        metadata = field.StartsWith(System, StringComparison.OrdinalIgnoreCase) ? new VcdMetadataField(IsSystem: true, field[System.Length..])
            : field.StartsWith(General, StringComparison.OrdinalIgnoreCase) ? new VcdMetadataField(IsSystem: false, field[General.Length..])
            : null;
        return metadata is { Key.Length: > 0 };
    }
}
